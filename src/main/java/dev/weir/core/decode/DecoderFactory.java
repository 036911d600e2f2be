package dev.weir.core.decode;

import dev.weir.core.catalog.Input;
import java.io.Serializable;

/**
 * Makes the decoder for an input of the catalog. {@link Decoder#of} is the factory of all formats that need nothing but
 * the bytes. A format that asks something outside, such as a schema registry, gets its client from the factory, because
 * nothing in {@code core} may ask anybody. Ships in the graph; called where the operator runs.
 */
@FunctionalInterface
public interface DecoderFactory extends Serializable {

    /** Creates a decoder that fills the slots of the layout. It serves one thread. */
    Decoder decoder(Input input, Layout layout);
}
