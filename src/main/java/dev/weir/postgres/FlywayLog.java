package dev.weir.postgres;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs Flyway's messages one level lower. What Flyway logs at INFO on every start, URLs included, is DEBUG here. Flyway
 * creates it by name.
 */
public final class FlywayLog implements LogCreator {
    /** The start of a message that Flyway logs about every newer server. Nobody who runs the job can act on it. */
    private static final String ADVERTISEMENT = "Flyway upgrade recommended";

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    @Override
    public Log createLogger(Class<?> clazz) {
        return new Quiet();
    }

    private static final class Quiet implements Log {
        @Override
        public boolean isDebugEnabled() {
            return LOG.isTraceEnabled();
        }

        @Override
        public void debug(String message) {
            LOG.trace(message);
        }

        @Override
        public void info(String message) {
            LOG.debug(message);
        }

        @Override
        public void warn(String message) {
            if (message.startsWith(ADVERTISEMENT)) {
                LOG.debug(message);
            } else {
                LOG.warn(message);
            }
        }

        @Override
        public void error(String message) {
            LOG.error(message);
        }

        @Override
        public void error(String message, Exception e) {
            LOG.error(message, e);
        }

        @Override
        public void notice(String message) {
            LOG.debug(message);
        }
    }
}
