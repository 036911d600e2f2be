package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;

/** Formats a reject as the example of its reason. */
final class Examples {
    /** Limit of a detail, because the summary has one line for each reason. */
    private static final int LONGEST_DETAIL = 200;

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
        if (series != null) {
            text.append(", ").append(series.sensorId());
        }
        if (reject.metric() != null) {
            text.append(", ").append(reject.metric());
        }
        if (!reject.detail().isEmpty()) {
            String detail = reject.detail();
            text.append(": ").append(detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL));
        }
        return text.toString();
    }

    private Examples() {}
}
