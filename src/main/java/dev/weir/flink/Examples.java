package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;

/** How a reject is shown as the example of its reason. */
final class Examples {
    /** Longer details are cut: a summary has a line for each reason. */
    private static final int LONGEST_DETAIL = 200;

    /** @param series null where it is not known */
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
