package dev.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs docs/tutorial.md from top to bottom: its commands with the local jar against a real broker, its SQL against a real database. */
class TutorialIT {
    private static final Path PAGE = Path.of("docs/tutorial.md");
    private static final String KAFKA = "localhost:9092";
    private static final String DATABASE = "jdbc:postgresql://localhost:5432/postgres";
    private static final String JAR = "java -jar weir.jar";
    private static final Path LOCAL_JAR =
            Path.of(System.getProperty("weir.local.jar")).toAbsolutePath();
    private static final PostgresServer POSTGRES = PostgresServer.shared();

    @Server
    static KafkaBroker broker;

    @TempDir
    Path directory;

    @Test
    void everyCommandWorksAndPrintsWhatThePageShows() throws Exception {
        Path work = Files.createDirectory(directory.resolve("work"));
        String database = POSTGRES.newDatabase();
        int compared = 0;
        PageShell shell = new PageShell(directory, work);
        String page = Files.readString(PAGE);
        assertThat(page).contains(KAFKA, DATABASE, JAR);
        page = page.replace(KAFKA, broker.bootstrapServers())
                .replace(DATABASE, database)
                .replace(JAR, "java -jar " + LOCAL_JAR);
        String output = "";
        boolean ofSql = false;
        for (PageBlock block : PageBlock.of(page)) {
            switch (block.language()) {
                case "bash" -> {
                    output = shell.run(block.text());
                    ofSql = false;
                }
                case "sql" -> {
                    output = rows(database, block.text());
                    ofSql = true;
                }
                case "text" -> {
                    assertShown(block.text(), output, ofSql);
                    compared++;
                }
                default -> throw new AssertionError("no rule for a block of " + block.language());
            }
        }
        assertThat(compared).as("outputs that the page shows").isGreaterThan(5);
        assertThat(work).as("the directory after the clean-up").isEmptyDirectory();
    }

    /**
     * Checks that the output has each line of the page, in the page's order, and that a query has no further rows. An
     * ellipsis stands for any text, and padding does not count.
     */
    private static void assertShown(String shown, String output, boolean ofSql) {
        List<String> parts = shown.lines()
                .flatMap(line -> List.of(line.split("…", -1)).stream())
                .map(TutorialIT::unpadded)
                // The rule below the head of psql's table.
                .filter(part -> !part.matches("[-+]*"))
                .toList();
        String unpadded = output.lines().map(TutorialIT::unpadded).collect(Collectors.joining("\n"));
        assertThat(unpadded).containsSubsequence(parts);
        if (ofSql) {
            assertThat(unpadded.lines()).as("rows").hasSameSizeAs(parts);
        }
    }

    private static String unpadded(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }

    /** As psql shows them, but for the padding and the rule below the head. */
    private static String rows(String database, String sql) throws SQLException {
        try (Connection connection = POSTGRES.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            List<String> lines = new ArrayList<>();
            List<String> head = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                head.add(columns.getColumnLabel(i));
            }
            lines.add(String.join(" | ", head));
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                lines.add(String.join(" | ", row));
            }
            return String.join("\n", lines);
        }
    }
}
