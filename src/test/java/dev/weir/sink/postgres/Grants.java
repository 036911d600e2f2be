package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements that docs/postgres.md tells an administrator to run: the tests run those very ones. */
public final class Grants {
    private static final Pattern BLOCK = Pattern.compile("```sql\\n(GRANT.*?)```", Pattern.DOTALL);

    private Grants() {}

    public static String of(String schema, String role) {
        try {
            Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/postgres.md")));
            assertThat(block.find())
                    .as("a block of GRANT statements in docs/postgres.md")
                    .isTrue();
            String sql = block.group(1).replace("weir_schema_name", schema).replace("weir_writer", role);
            return sql;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
