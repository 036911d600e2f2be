package dev.weir.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The examples of docs/security.md: the tests run those very ones, with places and names of their own. */
final class SecurityPage {
    private static final Path PAGE = Path.of("docs/security.md");
    private static final Pattern RESOURCE = Pattern.compile("--(topic|group|transactional-id) (\\S+)");
    private static final Pattern OPERATION = Pattern.compile("--operation (\\S+)");

    private SecurityPage() {}

    /** The options of the first YAML example below the heading, {@code /run/secrets/} standing for the directory. */
    static Map<String, String> options(String heading, Path secrets, Path scratch) {
        Matcher example = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(below(heading));
        assertThat(example.find()).as("a YAML example below " + heading).isTrue();
        try {
            Path directory = Files.createTempDirectory(scratch, "page");
            Files.writeString(
                    directory.resolve(GlobalConfiguration.FLINK_CONF_FILENAME),
                    example.group(1).replace("/run/secrets/", secrets + "/"));
            return new TreeMap<>(
                    GlobalConfiguration.loadConfiguration(directory.toString()).toMap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rights that the page gives, to another principal and for another pipeline that reads the topic of its name. */
    static List<AclBinding> rights(String principal, String pipeline) {
        List<AclBinding> rights = new ArrayList<>();
        for (String line : below("The least rights").split("\n", -1)) {
            Matcher resource = RESOURCE.matcher(line);
            if (line.startsWith("kafka-acls.sh") && resource.find()) {
                ResourcePattern pattern = new ResourcePattern(
                        ResourceType.valueOf(resource.group(1).replace('-', '_').toUpperCase(Locale.ROOT)),
                        resource.group(2).replaceFirst("^(sensor-readings|weir)", pipeline),
                        line.contains("--resource-pattern-type prefixed") ? PatternType.PREFIXED : PatternType.LITERAL);
                OPERATION
                        .matcher(line)
                        .results()
                        .map(operation -> new AccessControlEntry(
                                principal,
                                "*",
                                AclOperation.fromString(operation
                                        .group(1)
                                        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                                        .toUpperCase(Locale.ROOT)),
                                AclPermissionType.ALLOW))
                        .forEach(entry -> rights.add(new AclBinding(pattern, entry)));
            }
        }
        return rights;
    }

    private static String below(String heading) {
        try {
            String page = Files.readString(PAGE);
            int from = page.indexOf("\n## " + heading + "\n");
            assertThat(from).as("heading " + heading).isNotNegative();
            int to = page.indexOf("\n## ", from + 1);
            return page.substring(from, to < 0 ? page.length() : to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
