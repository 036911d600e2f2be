package dev.weir.config.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.parse.Problems;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a catalog of version 2 is named with its line, the cause and the cure. */
class InputsProblemsTest {
    private static final String GOOD =
            """
            version: 2
            inputs:
              - topics: [a, b]
                format: json
                unwrap: /data
                each: [/all, /each]
                fields:
                  sensor-id: id
                  event-time: {field: ts, format: epoch-millis}
                  metric: name
                  value: value
                  site: {join: [^/line, ^^/plant], separator: "-"}
              - topic-pattern: c.*
                format: csv
                csv: {header: [id, t, m]}
                fields: {sensor-id: id, event-time: t}
                readings: {temperature: m}
              - format: avro
                avro: {registry: {url: "https://registry", user: u, password: hunter2}}
                fields: {sensor-id: {key: true}, event-time: {timestamp: true}}
                readings: {"*": ""}
            unknown-metric: ignore
            metrics:
              temperature: {unit: Cel, scale: 0.1}
            """;

    @Test
    void theBaseIsGood() {
        assertThat(problems(GOOD)).isEmpty();
    }

    /** A ¶ stands for a line break. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            version: 2 | version: 1 | 2 | inputs is a key of version 2; write version: 2, and a list of inputs in place of input, or remove it
            version: 2 | version: 1 | 1 | input is missing
            inputs: | input: | 2 | input is a key of version 1; write inputs: and below it a list
            inputs: | input: | 1 | inputs is missing; write inputs: and below it a list
            inputs: | inputs: []¶ignored: | 2 | inputs is empty; describe the events of at least one topic
            inputs: | inputs: {}¶ignored: | 2 | inputs must be a list
            inputs: | inputs:¶  - json | 3 | inputs[0] must hold keys; write - format: json
            topics: [a, b] | topic: a | 3 | inputs[0].topic is not a key of the catalog; did you mean topics?
            topics: [a, b] | topics: [a, a] | 3 | inputs[0].topics names topic a twice; keep one of the two
            topics: [a, b] | topics: [] | 3 | inputs[0].topics names no topic
            topics: [a, b] | topics: plant-* | 3 | inputs[0].topics "plant-*" is not a topic name; write topic-pattern for a regular expression
            topics: [a, b] | topics: [a b] | 3 | inputs[0].topics "a b" is not a topic name; use 1 to 249 of the characters
            topic-pattern: c.* | topics: b | 13 | inputs[1].topics names topic b, which inputs[0] takes; keep one of the two
            topic-pattern: c.* | topics: c, topic-pattern: c | 13 | not YAML
            topic-pattern: c.* | topic-pattern: c¶    topics: c | 13 | inputs[1].topic-pattern and topics are both set; keep one of the two, or write two inputs
            topic-pattern: c.* | topic-pattern: '*' | 13 | inputs[1].topic-pattern is not a regular expression (Dangling meta character '*'): *; write for instance 'line-.*'
            - topics: [a, b]¶ | -¶ | 18 | inputs[2].topics is missing, and inputs[0] already takes every topic that no other input names; name the topics of one of the two
            format: json | format: xml | 4 | inputs[0].format must be json or csv or avro or senml or parquet, got "xml"
            format: json | format: csv | 6 | inputs[0].each has no place in a CSV input
            format: json | format: senml¶    csv: {header: [a]} | 5 | inputs[0].csv has no place beside format senml
            format: json | format: json¶    avro: {schema: a} | 5 | inputs[0].avro has no place beside format json; write format: avro, or remove it
            unwrap: /data | unwrap: ^/data | 5 | inputs[0].unwrap cannot climb: ^/data
            unwrap: /data | unwrap: /~ | 5 | inputs[0].unwrap is not a JSON pointer: /~
            unwrap: /data | unwrap: {encoding: base64} | 5 | inputs[0].unwrap.field is missing; write {field: /payload, encoding: base64}
            unwrap: /data | unwrap: [/data, {field: /b, encoding: hex}] | 5 | inputs[0].unwrap[1].encoding must be base64, got "hex"
            unwrap: /data | unwrap: [] | 5 | inputs[0].unwrap is empty
            unwrap: /data | unwrap: [/data]¶    encoding: base64 | 6 | inputs[0].encoding has a meaning only beside an unwrap that is one text
            unwrap: /data | encoding: base64 | 5 | inputs[0].encoding has a meaning only beside unwrap
            each: [/all, /each] | each: [] | 6 | inputs[0].each names no array
            each: [/all, /each] | each: [/all, ^/each] | 6 | inputs[0].each cannot climb: ^/each
            sensor-id: id | sensor-id: ^^^^/id | 8 | inputs[0].fields.sensor-id climbs above the event: ^^^^/id; remove ^: its items are 3 below the event
            sensor-id: id | sensor-id: ^id | 8 | inputs[0].fields.sensor-id is neither a name nor a pointer: ^id; write ^/id to climb, or /^id for a name that begins with ^
            sensor-id: id | sensor-id: ^/each/0 | 8 | inputs[0].fields.sensor-id is in the array that each opens: ^/each/0; remove one ^: the pointer then starts at the item
            sensor-id: id | sensor-id: ^/each | 8 | inputs[0].fields.sensor-id is in the array that each opens: ^/each
            sensor-id: id | sensor-id: ^^^/data/x | 8 | inputs[0].fields.sensor-id is in the text that unwrap opens: ^^^/data/x; remove one ^: the pointer then starts at what is opened there
            sensor-id: id | sensor-id: {} | 8 | inputs[0].fields.sensor-id does not say where it comes from; write one of field, key, header, topic, constant and join
            sensor-id: id | sensor-id: {field: a, key: true} | 8 | inputs[0].fields.sensor-id.key and field are both set; keep one of the two
            sensor-id: id | sensor-id: {path: '(.*)'} | 8 | inputs[0].fields.sensor-id.path is only for files: an event of a topic has no path
            sensor-id: id | sensor-id: {timestamp: true} | 8 | inputs[0].fields.sensor-id.timestamp is only for the event time
            sensor-id: id | sensor-id: {feild: a} | 8 | inputs[0].fields.sensor-id.feild is not a key of the catalog; did you mean field?
            sensor-id: id | sensor-id: {key: id} | 8 | inputs[0].fields.sensor-id.key must be true or a JSON pointer, got "id"; write {key: true} for the whole key
            sensor-id: id | sensor-id: {header: ""} | 8 | inputs[0].fields.sensor-id.header is empty
            sensor-id: id | sensor-id: {constant: ""} | 8 | inputs[0].fields.sensor-id.constant is empty
            sensor-id: id | sensor-id: {topic: 'a.*'} | 8 | inputs[0].fields.sensor-id.topic must have one group, got 0: a.*; put ( and ) around the part that is the result
            sensor-id: id | sensor-id: {field: a, match: '(a)(b)'} | 8 | inputs[0].fields.sensor-id.match must have one group, got 2: (a)(b); keep ( and ) around the part
            sensor-id: id | sensor-id: {field: a, match: '(a'} | 8 | inputs[0].fields.sensor-id.match is not a regular expression (Unclosed group): (a
            sensor-id: id | sensor-id: {field: a, separator: x} | 8 | inputs[0].fields.sensor-id.separator has a meaning only beside join; remove it
            sensor-id: id | sensor-id: {join: a} | 8 | inputs[0].fields.sensor-id.join must be a list
            sensor-id: id | sensor-id: {join: []} | 8 | inputs[0].fields.sensor-id.join is empty
            sensor-id: id | sensor-id: {join: [a, {field: ^^^^/b}]} | 8 | inputs[0].fields.sensor-id.join[1].field climbs above the event: ^^^^/b
            sensor-id: id | sensor-id: {join: [a, [b]]} | 8 | inputs[0].fields.sensor-id.join[1] must be a text
            sensor-id: id¶ | ¶ | 7 | inputs[0].fields.sensor-id is missing; name the field of the sensor's identifier
            format: epoch-millis | format: epoch-autos | 9 | inputs[0].fields.event-time.format is not a time format: "epoch-autos"; did you mean epoch-auto?
            format: epoch-millis | fields: [a] | 9 | inputs[0].fields.event-time.fields and field are both set; keep one of the two
            {field: ts, format: epoch-millis} | {timestamp: true, zone: UTC} | 9 | inputs[0].fields.event-time.zone has no place beside timestamp, which is an instant already
            {field: ts, format: epoch-millis} | {timestamp: yes} | 9 | inputs[0].fields.event-time.timestamp must be true, got "yes"
            {field: ts, format: epoch-millis} | {constant: 5} | 9 | inputs[0].fields.event-time.constant would give every event the same time
            {field: ts, format: epoch-millis} | {format: iso-8601} | 9 | inputs[0].fields.event-time does not say where it comes from
            {field: ts, format: epoch-millis} | {fields: [^^^^/a, b], format: yyyy} | 9 | inputs[0].fields.event-time.fields climbs above the event
            metric: name | metric: {constant: temprature} | 10 | inputs[0].fields.metric is not in metrics, and unknown-metric is ignore; did you mean temperature?
            value: value¶ | ¶ | 7 | inputs[0].fields.value is missing in the long layout; name its field, or map the metrics of a wide event under inputs[0].readings
            csv: {header: [id, t, m]} | csv: {header: first-line} | 15 | inputs[1].csv.header first-line is only for files: a record of a topic is one row
            csv: {header: [id, t, m]} | csv: {header: [id, t, m], quote: "''"} | 15 | inputs[1].csv.quote must be one character, no line break, or none, got "''"
            csv: {header: [id, t, m]} | csv: {header: [id, t, m], quote: ","} | 15 | inputs[1].csv.quote and separator are the same: ","
            csv: {header: [id, t, m]} | csv: {header: [id, t, m], skip: "["} | 15 | inputs[1].csv.skip is not a regular expression (Unclosed character class): [
            csv: {header: [id, t, m]} | csv: {header: [id, t, m]}¶    decimal-separator: "1" | 16 | inputs[1].decimal-separator must be one character, no letter, digit or sign, got "1"
            csv: {header: [id, t, m]} | csv: {header: [id, t, m]}¶    grouping-separator: "." | 16 | inputs[1].grouping-separator and decimal-separator are the same: "."
            csv: {header: [id, t, m]} | csv: {header: [id, t, m], quote: none}¶    decimal-separator: "," | 16 | inputs[1].decimal-separator is also the separator of columns, and quote is none
            {sensor-id: id, event-time: t} | {sensor-id: /id, event-time: t} | 16 | inputs[1].fields.sensor-id is a JSON pointer in a CSV input: /id; name a column of inputs[1].csv.header
            {sensor-id: id, event-time: t} | {sensor-id: {join: [id, tt]}, event-time: t} | 16 | inputs[1].fields.sensor-id.join[1] names no column of inputs[1].csv.header: tt
            {temperature: m} | {"*": m} | 17 | inputs[1].readings.* has no place in a CSV input; write a line for each metric
            {temperature: m} | {humidity: m} | 17 | inputs[1].readings.humidity is not in metrics, and unknown-metric is ignore; add it to metrics
            {temperature: m} | {} | 17 | inputs[1].readings is empty
            {"*": ""} | {"*": ^/a} | 21 | inputs[2].readings.* cannot climb: ^/a
            {"*": ""} | {"*": {field: a}} | 21 | inputs[2].readings.* must be a text
            {"*": ""}¶ | {"*": ""}¶    avro: {}¶ | 22 | key avro is already set on line 19
            {registry: | {schema: a.avsc, registry: | 19 | inputs[2].avro.schema and registry are both set
            avro: {registry | avor: {registry | 18 | inputs[2].avro is missing; write avro: {registry: {url: <address>}}
            {registry: {url: "https://registry", user: u, password: hunter2}} | {} | 19 | inputs[2].avro.schema and registry are both missing
            {registry: {url: "https://registry", user: u, password: hunter2}} | {schema: a.avsc} | 19 | inputs[2].avro.schema cannot be read: a.avsc is not there; name the schema's file, relative to the catalog's directory
            {registry: {url: "https://registry", user: u, password: hunter2}} | {schema: damaged.avsc} | 19 | inputs[2].avro.schema is no Avro schema: No name in schema
            url: "https://registry", | | 19 | inputs[2].avro.registry.url is missing
            https://registry | https://u:hunter2@registry | 19 | inputs[2].avro.registry.url names a user; write user and password beside it
            https://registry | kafka://registry | 19 | inputs[2].avro.registry.url is not an address: kafka://registry
            https://registry | https://registry?a=hunter2 | 19 | inputs[2].avro.registry.url has something behind the path
            https://registry | http s://hunter2 | 19 | inputs[2].avro.registry.url is not an address; write https://
            https://registry", | http://registry", ssl.key.password: hunter2, | 19 | inputs[2].avro.registry.ssl.key.password has no meaning: the url begins with http:
            user: u, | | 19 | inputs[2].avro.registry.user is missing beside password
            password: hunter2 | passwort: hunter2 | 19 | inputs[2].avro.registry.password is missing beside user; write password: "${env:NAME}"
            password: hunter2 | password: "${env:hunter2" | 19 | inputs[2].avro.registry.password is not a reference to an environment variable; write "${env:NAME}"
            unknown-metric: ignore | unknown-metric: drop | 22 | unknown-metric must be reject or accept or ignore, got "drop"
            scale: 0.1 | scale: 0 | 24 | metrics.temperature.scale must not be 0
            scale: 0.1 | scale: ten | 24 | metrics.temperature.scale must be a number, got "ten"
            scale: 0.1 | offset: 1e999 | 24 | metrics.temperature.offset must be a number, got "1e999"
            scale: 0.1 | values: {} | 24 | metrics.temperature.values is empty
            scale: 0.1 | values: {ON: on} | 24 | metrics.temperature.values.ON must be a number, got "on"
            scale: 0.1 | values: {NA: 1} | 24 | metrics.temperature.values.NA is also one of the null-values of inputs[0], which come first; remove it here, or set null-values there
            """)
    void refusesWithLineReasonAndCure(String good, String bad, int line, String message) {
        String from = good.replace('¶', '\n');
        assertThat(GOOD).contains(from);
        String to = bad == null ? "" : bad.replace('¶', '\n');
        List<String> problems = problems(GOOD.replace(from, to));
        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("c.yaml:" + line + ": " + message)
                        || (message.equals("not YAML") && problem.contains("not YAML")));
        assertThat(problems).noneMatch(problem -> problem.contains("hunter2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            format: csv | format: avro | 3 | input.format must be json or csv, got "avro"; version: 2 has avro; it takes a list of inputs in place of input
            format: csv | format: csv^  each: /a | 4 | input.each is a key of version 2; write version: 2
            sensor-id: station | sensor-id: {key: true} | 5 | input.fields.sensor-id must be a text; write sensor-id: <text>, or remove it; version: 2 also takes a mapping there
            "yyyy M d H" | epoch-auto | 6 | input.fields.event-time.format is not a time format of version 1: "epoch-auto"; version: 2 has it
            fields: [year, month, day, hour] | timestamp: true | 6 | input.fields.event-time.timestamp is a key of version 2
            temperature: TEMP | temperature: {field: TEMP} | 7 | input.readings.temperature must be a text; write temperature: <text>, or remove it; version: 2 also takes
            separator: " " | skip: a | 8 | input.csv.skip is a key of version 2
            max-rate: 5/10s | scale: 2 | 12 | metrics.temperature.scale is a key of version 2; write version: 2
            metrics: | unknown-metric: ignore^metrics: | 11 | unknown-metric must be reject or accept, got "ignore"; version: 2 has ignore
            """)
    void version1SaysThatVersion2HasIt(String good, String bad, int line, String message) {
        assertThat(CatalogReaderTest.WIDE).contains(good);
        String text = CatalogReaderTest.WIDE.replace(good, bad.replace('^', '\n'));
        assertThat(problems(text)).anyMatch(problem -> problem.startsWith("c.yaml:" + line + ": " + message));
    }

    @Test
    void comparesTheTopicsWithThoseOfThePipeline() {
        assertThat(problems(GOOD, List.of("a", "x"), null))
                .containsExactly(
                        "c.yaml:3: inputs[0].topics names topic b, which weir.kafka.topics does not include;"
                                + " add it to weir.kafka.topics, or remove it here",
                        "c.yaml:13: inputs[1].topic-pattern matches no topic of weir.kafka.topics: c.*;"
                                + " correct it, or add the topics to weir.kafka.topics");
        assertThat(problems(GOOD, List.of("a", "b", "c1"), null)).isEmpty();
        assertThat(problems(GOOD, List.of(), "[bc]"))
                .hasSize(1)
                .first()
                .asString()
                .contains("names topic a");
    }

    private static List<String> problems(String text) {
        return problems(text, List.of(), null);
    }

    private static List<String> problems(String text, List<String> topics, String pattern) {
        Problems problems = new Problems();
        Surroundings surroundings = new Surroundings(Duration.ofSeconds(10), null, topics, pattern, name -> {
            if (name.equals("damaged.avsc")) {
                return "{\"type\": \"record\"}";
            }
            throw new IOException(name + " is not there");
        });
        new CatalogReader().read("c.yaml", text, surroundings, problems);
        return problems.list().stream().map(Object::toString).toList();
    }
}
