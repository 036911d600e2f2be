package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Postgres.Delivery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
    @Test
    void noExceptionShowsThePassword() {
        // Nobody listens on port 1.
        Connections connections =
                new Connections(options("jdbc:postgresql://127.0.0.1:1/db?password=hunter2", "hunter2", null), "p");

        SQLException error = catchThrowableOfType(SQLException.class, connections::open);

        assertThat(error.getSQLState()).isEqualTo("08001");
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("hunter2");
    }

    @Test
    void aPasswordFileThatIsNotThereIsNamed(@TempDir Path directory) {
        Path file = directory.resolve("absent");

        assertThatThrownBy(() -> new Connections(options("jdbc:postgresql://127.0.0.1:1/db", null, file), "p").open())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("weir.postgres.password-file")
                .hasMessageContaining(file.toString());
    }

    @Test
    void aUrlOfAnotherDatabaseIsRefused() {
        assertThatThrownBy(() -> new Connections(options("jdbc:mysql://h/db", null, null), "p").open())
                .hasMessageContaining("weir.postgres.url is not a PostgreSQL JDBC URL");
    }

    private static WeirConfig.Postgres options(String url, String password, Path file) {
        return new WeirConfig.Postgres(
                url, "u", password, file == null ? null : file.toString(), "public", Delivery.EXACTLY_ONCE, true, 1);
    }
}
