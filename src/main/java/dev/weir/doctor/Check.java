package dev.weir.doctor;

/** Checks one thing in the surroundings of the job, and leaves nothing behind. */
@FunctionalInterface
public interface Check {
    /**
     * Makes the check and returns what it found. The text holds no secret.
     *
     * @throws Exception if the check fails; the message begins with the option and ends with the cure
     */
    Finding look() throws Exception;
}
