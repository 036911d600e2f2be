package dev.weir.cli;

import dev.weir.config.parse.Durations;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Files;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints an input of the catalog for a person: the topics, the format, where the items of an event and their parts come from. */
final class InputReport {
    private InputReport() {}

    static void print(Input input, PrintWriter out) {
        out.printf(
                "catalog: %s%s, %s layout, event time %s%n",
                topics(input.topics()),
                input.format().name().toLowerCase(Locale.ROOT),
                input.wide() ? "wide" : "long",
                eventTime(input.eventTime()));
        if (isPlain(input)) {
            return;
        }
        if (input.files() != null) {
            out.println("  files: " + files(input.files()));
        }
        if (input.payload().avro() != null) {
            Object registry = input.payload().avro().registry();
            out.println("  schemas: "
                    + (registry == null
                            ? "the one that the catalog names"
                            : "from " + input.payload().avro().registry().url()));
        }
        if (!input.payload().openings().isEmpty()) {
            out.println("  items: " + items(input));
        }
        out.println("  sensor from " + shown(input.sensorId()) + part(", site from ", input.site()));
        out.println("  " + (input.wide() ? readings(input) : reading(input)));
    }

    /** Returns whether the input is as version 1 has it, of which the first line says enough. */
    private static boolean isPlain(Input input) {
        return input.topics().isRest()
                && input.files() == null
                && input.payload().openings().isEmpty()
                && input.payload().avro() == null
                && input.readings().wildcard() == null
                && input.sources().stream().allMatch(FieldSource.Field.class::isInstance);
    }

    private static String topics(Input.Topics topics) {
        if (topics.isRest()) {
            return "";
        }
        return (topics.pattern() == null ? String.join(", ", topics.names()) : "topics like " + topics.pattern())
                + ": ";
    }

    private static String eventTime(Input.EventTime time) {
        if (time.sources().stream().anyMatch(FieldSource.Timestamp.class::isInstance)) {
            return "is the record's timestamp";
        }
        return "from " + time.sources() + " as " + time.formats() + " in " + time.zone();
    }

    private static String files(Files files) {
        String kind =
                switch (files.announcement()) {
                    case S3 -> "notifications of S3";
                    case GCS -> "notifications of Cloud Storage";
                    case PATHS -> "paths";
                };
        return "announced by " + kind + ", below " + String.join(" or ", files.allow()) + "; "
                + (files.compression() == Files.Compression.AUTO ? "decompressed by suffix" : "read as they are")
                + "; repetitions known for " + Durations.format(files.remember())
                + (files.period() == null ? "" : "; one covers " + Durations.format(files.period()));
    }

    private static String items(Input input) {
        List<String> steps = new ArrayList<>();
        for (Opening opening : input.payload().openings()) {
            String where = opening.pointer().isEmpty() ? "what is there itself" : opening.pointer();
            steps.add(
                    switch (opening.kind()) {
                        case EACH ->
                            "each element of "
                                    + (steps.isEmpty() && opening.pointer().isEmpty() ? "the event" : where);
                        case UNWRAP -> "the JSON in the text of " + where;
                        case UNWRAP_BASE64 -> "the JSON in the base64 of " + where;
                    });
        }
        return String.join(", then ", steps);
    }

    private static String reading(Input input) {
        return "metric from " + shown(input.metric()) + ", value from " + shown(input.value())
                + part(", unit from ", input.unit());
    }

    private static String readings(Input input) {
        List<String> readings = new ArrayList<>();
        for (Map.Entry<String, FieldSource> entry : input.readings().listed().entrySet()) {
            readings.add(entry.getKey() + " from " + shown(entry.getValue()));
        }
        String wildcard = input.readings().wildcard();
        if (wildcard != null) {
            readings.add("every member of " + (wildcard.isEmpty() ? "the item" : wildcard));
        }
        return "readings: " + String.join(", ", readings);
    }

    private static String part(String before, FieldSource source) {
        return source == null ? "" : before + shown(source);
    }

    /** Returns the source as the catalog writes it. */
    private static String shown(FieldSource source) {
        return source.toString().isEmpty() ? "the item itself" : source.toString();
    }
}
