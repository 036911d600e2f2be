package dev.weir.doctor;

/** One question about the surroundings. It leaves nothing behind. */
@FunctionalInterface
public interface Check {
    /**
     * What is found. Its texts hold no secret.
     *
     * @throws Exception counts as a failure; its message then begins with the option and ends with the cure
     */
    Finding look() throws Exception;
}
