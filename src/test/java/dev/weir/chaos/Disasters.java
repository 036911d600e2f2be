package dev.weir.chaos;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All kinds of disaster. */
final class Disasters {
    private static final Duration OUTAGE = Duration.ofMinutes(2);

    /** Those in whose name {@code weir.chaos.only}, a regular expression, is found; without it all. */
    static List<Disaster> all() {
        Pattern only = Pattern.compile(System.getProperty("weir.chaos.only", ""));
        List<Disaster> chosen = Stream.concat(ClusterDisasters.all().stream(), OutsideDisasters.all(OUTAGE).stream())
                .filter(disaster -> only.matcher(disaster.name()).find())
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("weir.chaos.only: no disaster has a name like " + only);
        }
        return chosen;
    }

    private Disasters() {}
}
