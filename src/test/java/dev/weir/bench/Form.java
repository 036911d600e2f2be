package dev.weir.bench;

import java.nio.file.Path;
import java.util.Locale;

/** How the same readings are written. */
enum Form {
    /** One flat object for each. */
    JSON("catalog.yaml"),
    /** Twenty objects of a partition in the array of one event, as a gateway sends them. */
    ARRAYS("catalog-arrays.yaml"),
    /** One plain Avro body for each. */
    AVRO("catalog-avro.yaml"),
    /** One row for each in gzipped CSV files of 100,000 rows, which records announce. */
    FILES("catalog-files.yaml"),
    /** The same in plain CSV files of about 4 KB. */
    SMALL("catalog-files.yaml");

    private static final int BATCH = 20;
    private static final int ROWS = 100_000;
    private static final int FEW_ROWS = 75;

    private final String catalog;

    Form(String catalog) {
        this.catalog = catalog;
    }

    /** The form that a contender reads: that of its name, for instance {@code weir-avro}. */
    static Form of(String contender) {
        for (Form form : values()) {
            if (contender.endsWith(form.suffix())) {
                return form;
            }
        }
        return JSON;
    }

    /** Tells topics and contenders of this form apart; of the usual one there is none. */
    String suffix() {
        return this == JSON ? "-json" : '-' + name().toLowerCase(Locale.ROOT);
    }

    /** Whether the readings are in files. */
    boolean inFiles() {
        return this == FILES || this == SMALL;
    }

    /** The catalog of W1's rules, in the folder of the benchmark's resources. */
    String catalog() {
        return catalog;
    }

    /** @param files where files are written, if the form has some */
    Workload steadyFleet(int sensors, int partitions, long seed, Path files) {
        Workload readings = new SteadyFleet(sensors, partitions, seed, text());
        return switch (this) {
            case JSON, AVRO -> readings;
            case ARRAYS -> new Batches(readings, partitions, BATCH);
            case FILES -> new RowFiles(readings, partitions, files, ROWS, true);
            case SMALL -> new RowFiles(readings, partitions, files, FEW_ROWS, false);
        };
    }

    private EventText text() {
        return switch (this) {
            case JSON, ARRAYS -> new JsonText();
            case AVRO -> new AvroText();
            case FILES, SMALL -> new CsvText();
        };
    }
}
