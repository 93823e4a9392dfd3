package dev.gatehouse.gateway;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.config.LoadRequest;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.document.Problem;
import dev.gatehouse.model.GatewayConfiguration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration of a WAR: {@code gatehouse.config} and {@code gatehouse.local}, each taken from a system property,
 * else from the environment ({@code GATEHOUSE_CONFIG}, {@code GATEHOUSE_LOCAL}), else from the context parameter in
 * {@code web.xml}. A value that begins with {@code /WEB-INF/} names a file inside the WAR, any other a file of this
 * machine. Stateless.
 */
final class DeployedConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(DeployedConfiguration.class);
    private static final String INSIDE = "/WEB-INF/";

    private DeployedConfiguration() {}

    /** The files that the settings name, as the environment has them now; they are named once. */
    static ConfigurationSource of(ServletContext context) {
        String file = setting(context, "gatehouse.config")
                .orElseThrow(() -> new IllegalStateException("no gateway file is named. Set the system property"
                        + " gatehouse.config, the environment variable GATEHOUSE_CONFIG, or the context parameter"
                        + " gatehouse.config in web.xml."));
        Optional<String> local = setting(context, "gatehouse.local");
        return () -> read(context, file, local);
    }

    /** The configuration of a first load, its problems logged. */
    static GatewayConfiguration accepted(LoadResult result) {
        result.problems().forEach(DeployedConfiguration::report);
        return result.configuration()
                .orElseThrow(() -> new IllegalStateException("the configuration is refused:" + System.lineSeparator()
                        + result.problems().stream()
                                .map(Problem::text)
                                .collect(Collectors.joining(System.lineSeparator()))));
    }

    private static Optional<String> setting(ServletContext context, String name) {
        String inEnvironment = name.toUpperCase(Locale.ROOT).replace('.', '_');
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(inEnvironment)))
                .or(() -> Optional.ofNullable(context.getInitParameter(name)))
                .filter(value -> !value.isBlank());
    }

    private static LoadResult read(ServletContext context, String file, Optional<String> local) {
        ConfigurationReader reader = new ConfigurationReader();
        if (!file.startsWith(INSIDE)
                && local.filter(name -> name.startsWith(INSIDE)).isEmpty()) {
            return reader.load(new LoadRequest(
                    List.of(Path.of(file)),
                    local.map(Path::of),
                    setting(context, "gatehouse.parameters").map(Path::of).stream()
                            .toList(),
                    Map.of(),
                    setting(context, "gatehouse.gateway")));
        }
        return reader.load(source(context, file), local.map(name -> source(context, name)), directoryOf(local));
    }

    private static Source source(ServletContext context, String name) {
        try (InputStream in =
                name.startsWith(INSIDE) ? context.getResourceAsStream(name) : Files.newInputStream(Path.of(name))) {
            if (in == null) {
                throw new IllegalStateException(name + ": there is no such file in the WAR");
            }
            return new Source(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read: " + e, e);
        }
    }

    private static Path directoryOf(Optional<String> local) {
        return local.filter(name -> !name.startsWith(INSIDE))
                .map(name -> Path.of(name).toAbsolutePath().getParent())
                .orElse(Path.of(""));
    }

    private static void report(Problem problem) {
        switch (problem.severity()) {
            case ERROR -> LOG.error("{}", problem.text());
            case WARNING, AZURE -> LOG.warn("{}", problem.text());
            case INFO -> LOG.info("{}", problem.text());
        }
    }
}
