package dev.gatehouse.embedded;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Carries what is logged through {@code java.util.logging} over to SLF4J. Thread-safe. */
final class JulHandler extends Handler {
    private static final Formatter FORMATTER = new SimpleFormatter();

    static void install() {
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new JulHandler());
    }

    @Override
    public void publish(@Nullable LogRecord line) {
        if (line == null) {
            return;
        }
        @Nullable String name = line.getLoggerName();
        LoggerFactory.getLogger(name == null || name.isEmpty() ? "java.util.logging" : name)
                .atLevel(level(line.getLevel().intValue()))
                .setCause(line.getThrown())
                .log(FORMATTER.formatMessage(line));
    }

    @Override
    public void flush() {} // every line is passed on at once

    @Override
    public void close() {}

    private static Level level(int value) {
        if (value >= java.util.logging.Level.SEVERE.intValue()) {
            return Level.ERROR;
        }
        if (value >= java.util.logging.Level.WARNING.intValue()) {
            return Level.WARN;
        }
        return value >= java.util.logging.Level.INFO.intValue() ? Level.INFO : Level.DEBUG;
    }
}
