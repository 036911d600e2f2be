package dev.weir.postgres;

import dev.weir.config.WeirConfig;

/** Says that there is no connection to the database, and what to look at. */
final class NoConnection {
    private NoConnection() {}

    /** @param reason what driver or server said */
    static String text(WeirConfig.Postgres options, String reason) {
        return "weir.postgres.url: no connection as role " + options.user() + ": " + reason
                + ". Check weir.postgres.url, weir.postgres.user and weir.postgres.password-file or weir.postgres.password";
    }
}
