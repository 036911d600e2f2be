package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Postgres.Delivery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** It is refused by its version afterwards, for which the session has to be there. */
    @ParameterizedTest
    @ValueSource(strings = {"22023", "42704"})
    void aServerThatCannotLookAfterItsClientsGetsASessionAllTheSame(String state) throws SQLException {
        assertThat(Session.JOB.applyTo(answering(Connection.class, state), "public"))
                .isEqualTo(12);
    }

    @Test
    void anyOtherFailureOfTheSetUpIsOneOfTheConnection() {
        assertThatThrownBy(() -> Session.JOB.applyTo(answering(Connection.class, "57P01"), "public"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void aMigrationThatMetALockIsNotToldOfRights() {
        WeirConfig.Postgres options = options("jdbc:postgresql://h/db", null, null);
        FlywayException locked = new FlywayException(
                "script failed", new SQLException("canceling statement due to lock timeout", "55P03"));
        FlywayException denied =
                new FlywayException("script failed", new SQLException("permission denied for schema public", "42501"));

        assertThat(Migrations.cure(options, locked)).contains("holds a lock").doesNotContain("right");
        assertThat(Migrations.cure(options, new SQLException("no space left", "53100")))
                .doesNotContain("right");
        assertThat(Migrations.cure(options, denied)).startsWith("Give the role u the right to create there");
    }

    /** A server of version 12, to which {@code SET} fails with the state. */
    private static <T> T answering(Class<T> type, String state) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("execute")) {
                        throw new SQLException("refused", state);
                    }
                    Class<?> answer = method.getReturnType();
                    if (answer.isInterface()) {
                        return answering(answer, state);
                    }
                    return answer == int.class ? (Object) 12 : answer == boolean.class ? (Object) true : null;
                }));
    }

    private static WeirConfig.Postgres options(String url, String password, Path file) {
        return new WeirConfig.Postgres(
                url, "u", password, file == null ? null : file.toString(), "public", Delivery.EXACTLY_ONCE, true, 1);
    }
}
