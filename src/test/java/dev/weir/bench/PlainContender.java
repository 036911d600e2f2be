package dev.weir.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.apache.flink.configuration.Configuration;

/** {@link PlainJob} with the same shipped configuration as Weir. */
final class PlainContender implements Contender {
    @Override
    public Measured run(Task task) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(task.postgresUrl(), task.postgresUser(), task.postgresPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(PlainJob.TABLE);
        }
        Configuration configuration = FlinkSettings.shipped(FlinkSettings.ofRun(task));
        try (LocalFlink flink = LocalFlink.start(configuration, task)) {
            return flink.measure(
                    env -> {
                        PlainJob.define(env, task);
                        return env.executeAsync("plain");
                    },
                    task);
        }
    }
}
