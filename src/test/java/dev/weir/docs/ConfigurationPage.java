package dev.weir.docs;

import static dev.weir.docs.Markdown.code;
import static dev.weir.docs.Markdown.sentences;

import dev.weir.config.OptionGroup;
import dev.weir.config.OptionGroup.Entry;
import dev.weir.config.OptionGroup.Range;
import dev.weir.config.OptionReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.description.HtmlFormatter;

/** Renders {@code docs/configuration.md} from the options. */
final class ConfigurationPage {
    private static final String HEAD =
            """
            # Options

            %s

            The job's options are in `config.yaml`, the configuration file of Flink itself, and all begin with `weir.`. The file
            [flink-conf/config.yaml](../flink-conf/config.yaml) names each of them, and says what is too little and what is too
            much. An option on the command line (`-Dkey=value`) or in a FlinkDeployment's `flinkConfiguration` overrides the file.
            The second file, the [catalog](catalog.md), describes the input and the metrics.

            `java -jar weir-<version>-local.jar check` reads both files as the job will. It reports unknown keys, wrong values and
            contradictions all at once, each with its line and the cure, and prints every option with its value and where that
            comes from.

            ## How values are written

            - A **duration** is a number and a unit: `500 ms`, `10 s`, `2 min`, `1 h`, `30 d`. The longest is `36500 d`. A number
              without a unit is refused, except `0`.
            - A **size** is a number and a unit: `256 mb`, `1 gb`.
            - A **list** is `[a, b]` or `a; b`. A comma inside an item is refused.
            - A **word** is one of those that the table lists, in capitals or not.
            - An **instant** is ISO 8601 with an offset: `2026-03-01T00:00:00Z`.
            - A **secret** is best kept elsewhere and named here: [security.md](security.md#secrets). `check` and the web UI show
              `******` for it.

            ## Changes and state

            The last column says what a changed value does when the job starts from a savepoint or a checkpoint:

            - **takes effect**: the job goes on with the new value, in the same generation.
            - **begins a new generation**: the new value judges readings from now on, and readings of before keep their verdict. A
              higher generation begins on the same lake, with complete rows: [upgrading.md](upgrading.md#what-may-change).
            - **not used**: the option counts only when the job starts without state.
            - **refused**: the start fails, and the state can still be used.

            """;

    private ConfigurationPage() {}

    static String render() {
        return HEAD.formatted(ReferenceDocsTest.GENERATED)
                + OptionReference.GROUPS.stream().map(ConfigurationPage::group).collect(Collectors.joining("\n"))
                + kafkaProperties()
                + flinkSettings();
    }

    private static String group(OptionGroup group) {
        String introduction = group.introduction().isEmpty() ? "" : group.introduction() + "\n\n";
        List<List<String>> rows =
                group.entries().stream().map(ConfigurationPage::row).toList();
        return "## " + group.title() + "\n\n" + introduction
                + Markdown.table(
                        List.of("option", "type", "default", "allowed", "what it does", "changed on a restore"), rows);
    }

    private static List<String> row(Entry entry) {
        return List.of(
                code(entry.option().key()),
                entry.type(),
                defaultOf(entry),
                sentences(entry.allowed(), words(entry), range(entry.range())),
                meaning(entry),
                entry.onRestore().words() + (entry.effect().isEmpty() ? "" : ". " + entry.effect()));
    }

    private static String defaultOf(Entry entry) {
        if (entry.option().defaultValue() instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(property -> code(property.getKey() + ": " + property.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (entry.option().hasDefaultValue()) {
            return code(OptionReference.defaultOf(entry));
        }
        return entry.absent() + ". For instance " + code(entry.example());
    }

    /** Returns the option's description; what Flink's formatter makes of angle brackets is undone. */
    private static String meaning(Entry entry) {
        return new HtmlFormatter()
                .format(entry.option().description())
                .replace("&lt;", "<")
                .replace("&gt;", ">");
    }

    /** Returns the words of an option that takes one of a few. */
    private static String words(Entry entry) {
        return entry.option().defaultValue() instanceof Enum<?> word
                ? Arrays.stream(word.getDeclaringClass().getEnumConstants())
                        .map(each -> code(each.toString()))
                        .collect(Collectors.joining(", "))
                : "";
    }

    private static String range(Range range) {
        if (range == null) {
            return "";
        }
        if (range.least() == null) {
            return "At most " + code(range.greatest());
        }
        return range.greatest() == null
                ? "At least " + code(range.least())
                : code(range.least()) + " to " + code(range.greatest());
    }

    private static String kafkaProperties() {
        List<List<String>> rows = OptionReference.kafkaPropertiesOfTheJob().entrySet().stream()
                .map(property -> List.of(code(property.getKey()), property.getValue()))
                .toList();
        return """

                ## Kafka properties

                What stands under `weir.kafka.properties.` goes to every Kafka client. Its names and values are checked with Kafka's
                own definitions; a name that Kafka does not know is passed on, for it may belong to a plugin.
                `max.in.flight.requests.per.connection` is at most 5. `transaction.timeout.ms` has to outlast the checkpoints:
                [dead-letters.md](dead-letters.md#how-long-a-transaction-may-last). The job sets these itself, and refuses them:

                """
                + Markdown.table(List.of("property", "instead"), rows);
    }

    private static String flinkSettings() {
        List<List<String>> rows = OptionReference.requiredSettings().stream()
                .map(setting ->
                        List.of(code(setting.option().key()), code(String.valueOf(setting.value())), setting.reason()))
                .toList();
        return """

                ## Settings of Flink

                Flink's own keys are checked for typing errors and wrong values. `execution.checkpointing.interval` has to be set,
                because the sinks commit at checkpoints. These settings may be left out, and no other value is accepted:

                """
                + Markdown.table(List.of("setting", "value", "why"), rows);
    }
}
