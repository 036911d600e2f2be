package dev.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.util.FileUtils;

/**
 * How long and with whom, by system properties {@code weir.bench.*}.
 *
 * @param workload W1, W2, W3, files, postgres or recovery
 * @param fleets of W2: how many series, one run after the other in each round; of W3 and recovery only the first counts
 * @param zipf of W2: the exponent of Zipf's law; 0 for uniform
 * @param events records in the topic, bad ones and duplicates included
 * @param warmup records of another topic that a contender's process goes through first, unmeasured; 0 for none
 * @param rounds how often each entrant runs
 * @param keep whether lake, checkpoints and server directories stay afterwards
 * @param flink Flink's options in place of the shipped ones, for all contenders
 * @param profile whether each contender records itself with Flight Recorder
 */
record BenchOptions(
        String workload,
        List<Integer> fleets,
        double zipf,
        long events,
        long warmup,
        int rounds,
        List<String> contenders,
        boolean keep,
        boolean profile,
        long seed,
        Map<String, String> flink,
        Path directory) {

    private static final int SENSORS = 10_000;
    private static final String RESOURCES = "src/test/resources/bench/";

    static BenchOptions ofSystemProperties() {
        return new BenchOptions(
                System.getProperty("weir.bench.workload", "W1"),
                list("weir.bench.series", "10k").stream()
                        .map(series -> Math.toIntExact(count(series)))
                        .toList(),
                Double.parseDouble(System.getProperty("weir.bench.zipf", "0")),
                count(System.getProperty("weir.bench.events", "10m")),
                count(System.getProperty("weir.bench.warmup", "0")),
                Integer.getInteger("weir.bench.rounds", 3),
                list("weir.bench.contenders", String.join(",", contenders(System.getProperty("weir.bench.workload")))),
                Boolean.getBoolean("weir.bench.keep"),
                Boolean.getBoolean("weir.bench.profile"),
                Long.getLong("weir.bench.seed", 1),
                Map.of(),
                Path.of("target", "bench").toAbsolutePath());
    }

    private static List<String> contenders(String workload) {
        return "files".equals(workload) ? Contenders.OF_FILES : Contenders.NAMES;
    }

    /** The directory is there, and nothing of an earlier run is in it. */
    void emptyDirectory() throws IOException {
        FileUtils.deleteDirectory(directory.toFile());
        Files.createDirectories(directory);
    }

    /** Everything that runs in a round, in that order: for each fleet each contender. */
    List<Entrant> entrants() {
        return fleets.stream()
                .flatMap(series -> contenders.stream().map(contender -> new Entrant(contender, series)))
                .toList();
    }

    /** Names it among the entrants of this run, e.g. {@code weir}, or {@code weir-10000} where there are several fleets. */
    String label(Entrant entrant) {
        return entrant.contender() + (fleets.size() > 1 ? "-" + entrant.series() : "");
    }

    private static List<String> list(String property, String byDefault) {
        return List.of(System.getProperty(property, byDefault).split(",", -1));
    }

    /** The first fleet's; W3 and recovery have no other. */
    int series() {
        return fleets.get(0);
    }

    /** Of W3 and recovery. */
    long ratePerSecond() {
        return count(System.getProperty("weir.bench.rate", "20k"));
    }

    /** @param entrant what is fed depends on its form of W1, and its number of series of W2 */
    Workload workload(Entrant entrant, long ofSeed) {
        return switch (workload) {
            case "W1", "files" ->
                Form.of(entrant.contender())
                        .steadyFleet(SENSORS, Feeder.PARTITIONS, ofSeed, files(entrant.topic(), ofSeed));
            case "W2" -> new SparseFleet(entrant.series(), zipf, Feeder.PARTITIONS, ofSeed);
            default ->
                throw new IllegalArgumentException(
                        "weir.bench.workload must be W1, W2, W3, files, postgres or recovery, got " + workload);
        };
    }

    /** The folder of the files of a topic. */
    Path files(String topic, long ofSeed) {
        return directory.resolve("files").resolve(topic + (ofSeed < 0 ? "-warmup" : ""));
    }

    /** What the job is told. The plain job has no spike, stuck and quota; W2 would only meet the quota. */
    String catalog(String contender) {
        if (contender.startsWith(Contenders.WEIR) && Form.of(contender).inFiles()) {
            return catalogOfFiles(Form.of(contender)).toString();
        }
        return RESOURCES + (hasAllRules(contender) ? Form.of(contender).catalog() : "catalog-plain.yaml");
    }

    /** What the oracle judges by: for rows in files the same rules, with the header in the catalog. */
    String catalogOfOracle(String contender) {
        if (!Form.of(contender).inFiles()) {
            return catalog(contender);
        }
        return RESOURCES + (hasAllRules(contender) ? "catalog-csv.yaml" : "catalog-csv-plain.yaml");
    }

    private boolean hasAllRules(String contender) {
        return contender.startsWith(Contenders.WEIR) && (workload.equals("W1") || workload.equals("files"));
    }

    /** Writes the catalog with the folder of this run's files. */
    private Path catalogOfFiles(Form form) {
        Path catalog = directory.resolve(form.catalog());
        try {
            String text = Files.readString(Path.of(RESOURCES, form.catalog()));
            Files.writeString(
                    catalog,
                    text.replace(
                            "file:///files/", directory.resolve("files").toUri().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return catalog;
    }

    /** {@code 1500000}, {@code 1_500_000}, {@code 1500k} or {@code 1.5m}. */
    static long count(String text) {
        String digits = text.strip().replace("_", "").toLowerCase(Locale.ROOT);
        long unit = digits.endsWith("m") ? 1_000_000 : digits.endsWith("k") ? 1_000 : 1;
        return unit == 1
                ? Long.parseLong(digits)
                : Math.round(Double.parseDouble(digits.substring(0, digits.length() - 1)) * unit);
    }
}
