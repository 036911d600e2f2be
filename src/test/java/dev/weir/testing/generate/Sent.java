package dev.weir.testing.generate;

import dev.weir.core.model.Event;
import java.util.List;

/**
 * What a device has put on the wire, but for its place in a topic.
 *
 * @param key null where no source of the catalog is in the key
 * @param value null for a tombstone
 */
record Sent(byte[] key, List<Event.Header> headers, byte[] value) {}
