package dev.weir.bench;

/**
 * Who runs on what.
 *
 * @param contender one of {@link Contenders#NAMES} or {@link Contenders#WEIR_FORMS}
 * @param series of the fleet, where the workload asks for a number
 */
record Entrant(String contender, int series) {

    /** The topic that it reads. */
    String topic() {
        return "sensors-" + series + Form.of(contender).suffix();
    }

    /**
     * Whether there is something to compare with the oracle. The limits have no outputs; the plain job on files does not know when a file
     * was announced, and so accepts readings of the future.
     */
    boolean hasOutputs() {
        return contender.equals(Contenders.PLAIN) || contender.startsWith(Contenders.WEIR);
    }
}
