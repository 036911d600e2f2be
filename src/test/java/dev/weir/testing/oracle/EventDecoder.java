package dev.weir.testing.oracle;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the input of the catalog that describes an event: names come before patterns, patterns in their order, and last the rest. */
final class EventDecoder {
    private final List<InputDecoder> inputs = new ArrayList<>();

    EventDecoder(Catalog catalog) {
        catalog.inputs().forEach(input -> inputs.add(new InputDecoder(catalog, input)));
    }

    DecodedEvent decode(Event event) throws EventFault {
        String topic = event.origin().topic();
        List<Predicate<Input.Topics>> ways = List.of(
                topics -> topics.names().contains(topic),
                topics -> topics.pattern() != null && topic.matches(topics.pattern()),
                topics -> topics.names().isEmpty() && topics.pattern() == null);
        for (Predicate<Input.Topics> way : ways) {
            for (InputDecoder decoder : inputs) {
                if (way.test(decoder.input().topics())) {
                    return decoder.decode(event);
                }
            }
        }
        throw new EventFault(Reason.MALFORMED, "a topic that no input takes");
    }
}
