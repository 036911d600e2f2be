package dev.weir.postgres;

import dev.weir.config.WeirConfig;

/** Formats the error that there is no connection to the database, with the options to check. */
final class NoConnection {
    private NoConnection() {}

    /**
     * Returns the message.
     *
     * @param reason the message of the driver or the server
     */
    static String text(WeirConfig.Postgres options, String reason) {
        return "weir.postgres.url: no connection as role " + options.user() + ": " + reason
                + ". Check weir.postgres.url, weir.postgres.user and weir.postgres.password-file or weir.postgres.password";
    }
}
