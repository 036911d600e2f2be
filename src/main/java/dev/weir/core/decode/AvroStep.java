package dev.weir.core.decode;

/**
 * Reads one value of an Avro body and stores what is mapped of it. A tree of steps, compiled from a writer's schema and the mapping, reads
 * a whole body.
 */
@FunctionalInterface
interface AvroStep {
    void read(AvroBytes in, AvroCells to) throws MalformedEventException;
}
