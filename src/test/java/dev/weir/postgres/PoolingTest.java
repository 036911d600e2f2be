package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells a pooler by its answers. {@code PgBouncerIT} asks the real one, where it is installed. */
class PoolingTest {

    @Test
    void aTransactionOnTheSameBackendIsGood() {
        assertThatCode(() -> Pooling.requireSame(17, onBackend(17))).doesNotThrowAnyException();
    }

    @Test
    void aTransactionOnAnotherBackendIsOfATransactionPooler() {
        assertThatThrownBy(() -> Pooling.requireSame(17, onBackend(18)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("weir.postgres.url: a pooler between Weir and the server gives transactions of"
                        + " one connection to different backends (transaction pooling: 17, then 18)")
                .hasMessageContaining("Set pool_mode = session");
    }

    @Test
    void aRefusedBeginIsOfAStatementPooler() {
        // PgBouncer's words
        SQLException refused =
                new SQLException("ERROR: transaction blocks not allowed in statement pooling mode", "08P01");
        assertThat(Pooling.refusalIn(refused))
                .hasMessageContaining("allows no transactions (statement pooling)")
                .hasMessageContaining("Set pool_mode = session");
    }

    /** A driver numbers its statements by the connection; on a backend that others have used, the numbers are taken or unknown. */
    @ParameterizedTest
    @CsvSource({"42P05, prepared statement \"S_1\" already exists", "26000, prepared statement \"S_1\" does not exist"})
    void othersPreparedStatementsAreOfAPoolerThatDoesNotReset(String state, String message) {
        assertThat(Pooling.refusalIn(new SQLException(message, state)))
                .hasMessageContaining("server_reset_query is not DISCARD ALL: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "28P01", "57014", "42P01"})
    void otherErrorsSayNothingOfAPooler(String state) {
        assertThat(Pooling.refusalIn(new SQLException("no", state))).isNull();
        assertThat(Pooling.refusalIn(new SQLException((String) null))).isNull();
    }

    private static Connection onBackend(int backend) {
        return answering(Connection.class, answering(Statement.class, answering(ResultSet.class, backend)));
    }

    /** Every method that returns what the answer is returns it. */
    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                PoolingTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Class<?> returned = method.getReturnType();
                    if (returned == boolean.class) {
                        return true;
                    }
                    boolean isIt = returned == int.class ? answer instanceof Integer : returned.isInstance(answer);
                    return isIt ? answer : null;
                }));
    }
}
