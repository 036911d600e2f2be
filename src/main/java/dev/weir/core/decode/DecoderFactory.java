package dev.weir.core.decode;

import dev.weir.core.catalog.Input;
import java.io.Serializable;

/**
 * Creates the decoder of an input. {@link Decoder#of} is the factory of all formats that need only the bytes. A format that asks an outside
 * system, such as a schema registry, gets its client from the factory, because {@code core} must not do input or output. Serialized into
 * the job graph and called on the TaskManager.
 */
@FunctionalInterface
public interface DecoderFactory extends Serializable {

    /** Creates a decoder that fills the slots of the layout. It serves one thread. */
    Decoder decoder(Input input, Layout layout);
}
