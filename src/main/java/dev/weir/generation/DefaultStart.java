package dev.weir.generation;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.postgres.Connections;
import java.sql.Connection;
import java.sql.SQLException;

/** Foresees whether a start without state will be refused because {@code weir.kafka.start} was left at its default. */
public final class DefaultStart {

    /**
     * Returns the message with which the job would refuse the start, or null if it would not.
     *
     * @throws SQLException if the database cannot be asked, also if Weir's tables do not exist yet
     */
    public static String refusal(WeirConfig config) throws SQLException {
        if (config.postgres() == null || config.kafka().start().mode() != Start.Mode.COMMITTED_OR_EARLIEST) {
            return null;
        }
        try (Connection connection = new Connections(config.postgres(), "doctor").open()) {
            int generation = PostgresLineage.greatestGeneration(connection, config.pipeline());
            return generation == 0 ? null : refusal(config.pipeline(), generation);
        }
    }

    static String refusal(String pipeline, int generation) {
        return "weir.kafka.start: committed-or-earliest, the default, is refused for a start without state: pipeline "
                + pipeline + " has run before (generation " + generation + " in the database)."
                + " Say where to begin: earliest, latest or an ISO instant, or start from a savepoint";
    }

    private DefaultStart() {}
}
