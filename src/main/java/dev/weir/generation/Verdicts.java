package dev.weir.generation;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;

/** Fingerprints what decides verdicts: the catalog and the options that a reading's verdict depends on. */
final class Verdicts {

    /** Equal for equal rules, in every process and whatever the order in which the catalog lists its metrics. */
    static String fingerprint(WeirConfig config) {
        Catalog catalog = config.catalog();
        Input input = catalog.input();
        String text = String.join(
                "\n",
                String.valueOf(input.format()),
                String.valueOf(input.sensorId()),
                eventTime(input.eventTime()),
                String.valueOf(input.metric()),
                String.valueOf(input.value()),
                String.valueOf(input.unit()),
                String.valueOf(input.site()),
                new TreeMap<>(input.readings()).toString(),
                csv(input.csv()),
                new TreeSet<>(input.nullValues()).toString(),
                String.valueOf(input.lenientNumbers()),
                new TreeMap<>(catalog.metrics()).toString(),
                String.valueOf(catalog.acceptUnknownMetrics()),
                String.valueOf(catalog.quota()),
                String.valueOf(config.time().lateness()),
                String.valueOf(config.time().futureSkew()),
                String.valueOf(config.time().earliest()));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String eventTime(Input.EventTime time) {
        String first =
                "EventTime[fields=" + time.fields() + ", formats=" + time.formats() + ", zone=" + time.zone() + "]";
        return time.overlap() == Input.Overlap.EARLIER ? first : first + " overlap=" + time.overlap();
    }

    /** What was added after the first release shows only where it is used: a catalog's fingerprint stays over an upgrade. */
    private static String csv(Input.Csv csv) {
        if (csv == null) {
            return "null";
        }
        String first = "Csv[header=" + csv.header() + ", separator=" + csv.separator() + "]";
        return csv.rejectShortRows() ? first + " short-rows=reject" : first;
    }

    private Verdicts() {}
}
