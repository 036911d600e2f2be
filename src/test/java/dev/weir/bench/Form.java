package dev.weir.bench;

import java.util.Locale;

/** How the same readings are written. */
enum Form {
    /** One flat object for each. */
    JSON("catalog.yaml"),
    /** Twenty objects of a partition in the array of one event, as a gateway sends them. */
    ARRAYS("catalog-arrays.yaml"),
    /** One plain Avro body for each. */
    AVRO("catalog-avro.yaml");

    private static final int BATCH = 20;

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

    /** The catalog of W1's rules, in the folder of the benchmark's resources. */
    String catalog() {
        return catalog;
    }

    Workload steadyFleet(int sensors, int partitions, long seed) {
        EventText text = this == AVRO ? new AvroText() : new JsonText();
        Workload readings = new SteadyFleet(sensors, partitions, seed, text);
        return this == ARRAYS ? new Batches(readings, partitions, BATCH) : readings;
    }
}
