package dev.weir.bench;

/** Reads the whole topic once, in a process of its own. */
@FunctionalInterface
interface Contender {
    Measured run(Task task) throws Exception;
}
