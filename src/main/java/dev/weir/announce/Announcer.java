package dev.weir.announce;

import dev.weir.announce.AnnounceRequest.Order;
import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.files.FileListing;
import dev.weir.files.FileListing.Listed;
import dev.weir.files.FileUri;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Announces files. {@link #plan} looks, and {@link #write} writes.
 *
 * <p>A process that ends in the middle has written whole transactions, the first ones of its order. The next one writes all of them again,
 * unless it leaves out what is known; the source recognizes a file that was announced before.
 */
public final class Announcer {
    /** Announcements of one transaction: some 300 KB. Readers see them at once, so they should not be many; a commit takes some 10 ms. */
    static final int TRANSACTION = 1_000;

    private final WeirConfig config;
    private final Progress progress;

    public Announcer(WeirConfig config, Progress progress) {
        this.config = config;
        this.progress = progress;
    }

    /**
     * The files to be announced, after all that is left out.
     *
     * @param files in order
     * @param keys of the files
     * @param unmatched number of files that their name leaves out
     * @param refused number of files that the input may not read, such as those behind a symbolic link
     * @param known number of files that were read or rejected before
     */
    public record Plan(
            String topic,
            Input input,
            List<Listed> files,
            List<String> keys,
            long unmatched,
            long refused,
            long known) {
        /** Returns the size of all files as they are stored. */
        public long bytes() {
            return files.stream().mapToLong(Listed::size).sum();
        }
    }

    /**
     * Lists the files.
     *
     * @throws IllegalArgumentException if the request is wrong; the message names the option and the cure
     * @throws IllegalStateException if the database cannot tell which files are known
     * @throws IOException if the files cannot be listed
     */
    public Plan plan(AnnounceRequest request) throws IOException {
        String topic = request.topic() == null ? onlyTopic() : request.topic();
        Input input = config.catalog().inputOf(topic);
        if (input == null || input.files() == null) {
            throw new IllegalArgumentException("--topic " + topic
                    + ": no input of the catalog with files takes this topic; " + known(config.catalog()));
        }
        if (request.missing() && config.postgres() == null) {
            throw new IllegalArgumentException(
                    "weir.postgres.url is missing: --missing reads in its table weir_files which files are known");
        }
        FileChoice choice = new FileChoice(root(request.path()), request.match(), request.key());
        List<Listed> files = new ArrayList<>();
        long[] left = new long[2];
        list(request.path(), input, choice, files, left);
        files.sort(
                request.order() == Order.MODIFIED
                        ? Comparator.comparingLong(Listed::modifiedMillis).thenComparing(Listed::uri)
                        : Comparator.comparing(Listed::uri));
        List<Listed> chosen = request.missing() ? missing(files) : files;
        return new Plan(topic, input, chosen, keys(chosen, choice), left[0], left[1], files.size() - chosen.size());
    }

    private static String root(String path) {
        try {
            return FileUri.normalize(path);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--path " + e.getMessage() + ": " + path, e);
        }
    }

    private void list(String path, Input input, FileChoice choice, List<Listed> files, long[] left) throws IOException {
        try {
            new FileListing(input.files().allow())
                    .list(
                            path,
                            file -> {
                                if (choice.takes(file.uri())) {
                                    files.add(file);
                                    progress.listed(files.size());
                                } else {
                                    left[0]++;
                                }
                            },
                            refused -> left[1]++);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--path " + path + " may not be read: " + e.getMessage(), e);
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException("--path " + path + " does not exist; correct it", e);
        }
    }

    private static List<String> keys(List<Listed> files, FileChoice choice) {
        List<String> keys = new ArrayList<>(files.size());
        List<String> without = new ArrayList<>();
        for (Listed file : files) {
            String key = choice.key(file.uri());
            keys.add(key);
            if (key == null) {
                without.add(file.uri());
            }
        }
        if (!without.isEmpty()) {
            throw new IllegalArgumentException(
                    "--key matches not the whole URI of " + without.size() + " of " + files.size() + " files, first "
                            + without.get(0) + "; correct it, or leave them out with --match");
        }
        return keys;
    }

    private List<Listed> missing(List<Listed> files) {
        List<Listed> missing = new ArrayList<>();
        try (KnownFiles known = new KnownFiles(config)) {
            for (int from = 0; from < files.size(); from += TRANSACTION) {
                missing.addAll(known.missing(files.subList(from, Math.min(files.size(), from + TRANSACTION))));
            }
        }
        return missing;
    }

    /** Returns the topic of the one input that reads files. */
    private String onlyTopic() {
        Catalog catalog = config.catalog();
        List<String> topics = Stream.concat(
                        catalog.inputs().stream()
                                .filter(input -> input.files() != null)
                                .flatMap(input -> input.topics().names().stream()),
                        config.kafka().topics().stream())
                .distinct()
                .filter(topic ->
                        catalog.inputOf(topic) != null && catalog.inputOf(topic).files() != null)
                .toList();
        if (topics.size() != 1) {
            throw new IllegalArgumentException("--topic is missing: " + known(catalog));
        }
        return topics.get(0);
    }

    private static String known(Catalog catalog) {
        List<String> topics = catalog.inputs().stream()
                .filter(input -> input.files() != null)
                .map(Input::topics)
                .map(of -> of.pattern() != null
                        ? "what matches " + of.pattern()
                        : of.isRest() ? "every topic that no other input names" : String.join(", ", of.names()))
                .toList();
        return topics.isEmpty()
                ? "no input has files (docs/files.md)"
                : topics.stream().collect(Collectors.joining("; ", "inputs with files are for ", ""));
    }

    /**
     * Connects to Kafka and writes the announcements. Nothing is written if the connection fails.
     *
     * @throws IllegalStateException if the brokers refuse; {@link Progress#announced} has heard how many files are announced
     */
    public void write(Plan plan) {
        try (AnnouncementWriter writer = new AnnouncementWriter(config, plan.topic())) {
            int total = plan.files().size();
            progress.announced(0, total);
            for (int from = 0; from < total; from += TRANSACTION) {
                int to = Math.min(total, from + TRANSACTION);
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = from; i < to; i++) {
                    records.add(AnnouncementText.record(
                            plan.input().files().announcement(),
                            plan.topic(),
                            Objects.requireNonNull(plan.keys().get(i)),
                            plan.files().get(i)));
                }
                writer.write(records);
                progress.announced(to, total);
            }
        }
    }
}
