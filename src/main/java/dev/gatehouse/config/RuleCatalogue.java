package dev.gatehouse.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the rule ids of problems stand for, for reports that explain a rule apart from its findings. Immutable,
 * thread-safe.
 */
final class RuleCatalogue {
    private static final String RESOURCE = "rules.properties";
    private static final String SEPARATOR = " | ";
    private static final Rule UNLISTED =
            new Rule("A rule of the gateway's specification.", "Follow the advice of the message.");

    private final Properties lines;

    /**
     * A rule in general.
     *
     * @param summary what must hold, one sentence
     * @param help what to do where it does not
     */
    record Rule(String summary, String help) {}

    private RuleCatalogue(Properties lines) {
        this.lines = lines;
    }

    /** The catalogue that ships with these classes. */
    static RuleCatalogue load() {
        Properties lines = new Properties();
        @Nullable InputStream resource = RuleCatalogue.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException(RESOURCE + ": absent (expected: beside its class)");
        }
        try (resource) {
            lines.load(new InputStreamReader(resource, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + ": unreadable", e);
        }
        return new RuleCatalogue(lines);
    }

    /** A rule; empty for an id that the catalogue does not list. */
    Optional<Rule> find(String id) {
        return Optional.ofNullable(lines.getProperty(id)).map(RuleCatalogue::parse);
    }

    /** A rule, in general words if the catalogue does not list it: a report is never refused for want of a text. */
    Rule describe(String id) {
        return find(id).orElse(UNLISTED);
    }

    private static Rule parse(String line) {
        int separator = line.indexOf(SEPARATOR);
        return separator < 0
                ? new Rule(line, UNLISTED.help())
                : new Rule(line.substring(0, separator), line.substring(separator + SEPARATOR.length()));
    }
}
