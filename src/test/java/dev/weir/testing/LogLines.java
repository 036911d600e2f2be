package dev.weir.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Keeps what this process logs under some names at WARN and ERROR while it is open. Logging is off in tests else. */
public final class LogLines implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerContext context = LoggerContext.getContext(false);
    private final List<String> names;

    private LogLines(List<String> names) {
        this.names = names;
    }

    /** @param names of packages or classes, none of which another one is in */
    public static LogLines of(String... names) {
        LogLines log = new LogLines(List.of(names));
        AbstractAppender appender = log.appender();
        appender.start();
        Configuration configuration = log.context.getConfiguration();
        for (String name : names) {
            LoggerConfig logger = new LoggerConfig(name, Level.WARN, false);
            logger.addAppender(appender, null, null);
            configuration.addLogger(name, logger);
        }
        log.context.updateLoggers();
        return log;
    }

    private AbstractAppender appender() {
        return new AbstractAppender("log-lines", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
            }
        };
    }

    /** The messages of one level, in order. */
    public List<String> of(Level level) {
        String start = level + " ";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    @Override
    public void close() {
        names.forEach(context.getConfiguration()::removeLogger);
        context.updateLoggers();
    }
}
