package dev.weir.demo;

import java.nio.file.Path;

/**
 * What {@code -Dweir.demo.*} says.
 *
 * @param keep whether everything stays up after the summary, with a live replay, until Ctrl-C
 * @param speed how many seconds of event time pass in a second of the live replay
 * @param repeat number of stations' sets that send the excerpt, at least 1: the second {@code Gucheng} is {@code Gucheng-2}
 * @param files whether the rows are in files that records announce, and not records themselves
 * @param directory everything that the demo leaves behind; emptied at its start
 */
record DemoOptions(boolean keep, double speed, int repeat, boolean files, Path directory) {
    static final String TOPIC = "beijing-air";

    DemoOptions {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("weir.demo.speed must be greater than 0, got " + speed);
        }
        if (repeat < 1 || repeat > 1000) {
            throw new IllegalArgumentException("weir.demo.repeat must be 1 to 1000, got " + repeat);
        }
    }

    static DemoOptions ofSystemProperties() {
        return new DemoOptions(
                Boolean.getBoolean("weir.demo.keep"),
                Double.parseDouble(System.getProperty("weir.demo.speed", "3600")),
                Integer.getInteger("weir.demo.repeat", 1),
                Boolean.getBoolean("weir.demo.files"),
                Path.of("target", "demo").toAbsolutePath());
    }

    /** Returns a path below the folder of the announced files. */
    Path files(String path) {
        return directory.resolve("files").resolve(path);
    }

    Path lake() {
        return directory.resolve("lake");
    }
}
