package dev.weir.postgres;

import java.sql.SQLException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLState;

/**
 * Resolves {@code ${env:NAME}} as {@code weir.postgres.password}. The password is then in the environment of each
 * process, and in no configuration or job graph.
 */
final class PasswordReference {
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{env:([^}]+)}");

    private PasswordReference() {}

    /**
     * Returns the password; null for none.
     *
     * @param password the option's value; null if it is not set
     * @param environment returns the value of a variable, null if it is not set
     * @throws SQLException 28P01 if the variable is not set
     */
    static String resolved(String password, UnaryOperator<String> environment) throws SQLException {
        Matcher reference = ENVIRONMENT.matcher(password == null ? "" : password);
        if (!reference.matches()) {
            return password;
        }
        String value = environment.apply(reference.group(1));
        if (value == null) {
            throw new SQLException(
                    "weir.postgres.password: the environment variable " + reference.group(1)
                            + " is not set; set it in every process (JobManager, TaskManagers, and where main runs)",
                    PSQLState.INVALID_PASSWORD.getState());
        }
        return value;
    }
}
