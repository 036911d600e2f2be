package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;

/** Formats a reject as the example of its reason. */
final class Examples {
    /** Limit of a detail and of a file's URI, because the summary has one line for each reason. */
    private static final int LONGEST_TEXT = 200;

    /**
     * Returns the text of an example.
     *
     * @param series null if it is not known
     */
    static String text(Origin origin, SeriesKey series, Reject reject) {
        StringBuilder text = new StringBuilder(origin.topic())
                .append('/')
                .append(origin.partition())
                .append('/')
                .append(origin.offset());
        if (origin.file() != null) {
            text.append(", ").append(clip(origin.file()));
        }
        if (origin.row() > 0) {
            text.append(", row ").append(origin.row());
        }
        if (series != null) {
            text.append(", ").append(series.sensorId());
        }
        if (reject.metric() != null) {
            text.append(", ").append(reject.metric());
        }
        if (!reject.detail().isEmpty()) {
            text.append(": ").append(clip(reject.detail()));
        }
        return text.toString();
    }

    private static String clip(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private Examples() {}
}
