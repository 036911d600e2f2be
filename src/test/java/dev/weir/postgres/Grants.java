package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The statements that docs/postgres.md tells an administrator to run: the tests run those very ones. */
public final class Grants {
    private static final Pattern BLOCK = Pattern.compile("```sql\\n(GRANT.*?)```", Pattern.DOTALL);

    private Grants() {}

    public static String of(String schema, String role) {
        return block(BLOCK).replace("weir_schema_name", schema).replace("weir_writer", role);
    }

    /** The same for a schema of version 3, which has no table of files. */
    static String beforeFiles(String schema, String role) {
        return Arrays.stream(of(schema, role).split(";\\n"))
                .filter(grant -> !grant.contains("file"))
                .collect(Collectors.joining(";\n"));
    }

    /** The block that lets the name {@code old-name} go in the schema public and begins a transaction with that statement. */
    public static String lettingGo(String begins) {
        return block(Pattern.compile("```sql\\n(BEGIN;\\n" + begins + ".*?)```", Pattern.DOTALL))
                .replace("weir_schema_name", "public");
    }

    private static String block(Pattern pattern) {
        try {
            Matcher block = pattern.matcher(Files.readString(Path.of("docs/postgres.md")));
            assertThat(block.find()).as("%s in docs/postgres.md", pattern).isTrue();
            return block.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
