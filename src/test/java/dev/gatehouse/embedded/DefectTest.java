package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.model.GatewayConfiguration;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** REQ-50: whatever breaks in a filter of ours, its client learns no more than an id, and the log has the rest. */
@Timeout(60)
class DefectTest {
    private static final Pattern ID = Pattern.compile("<p>([0-9a-f]{32})</p>");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.gatehouse.exchange");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void brokenFilterIsAnAnswerWithAnIdThatTheLogHasToo() throws Exception {
        List<String> filters = filters();
        assertThat(filters).startsWith("admin", "access", "defect").hasSizeGreaterThan(7);
        for (String filter : filters.subList(3, filters.size())) {
            String answer = answerWith(filter, (request, response, chain) -> {
                throw new IllegalStateException("inner detail");
            });
            assertThat(answer)
                    .as(filter)
                    .startsWith("HTTP/1.1 500 ")
                    .contains("Server: Gatehouse\r\n", "<h1>500 Internal Server Error</h1>")
                    .doesNotContain("inner detail", "IllegalStateException", "at dev.", "Tomcat");
            Matcher id = ID.matcher(answer);
            assertThat(id.find()).as(answer).isTrue();
            assertThat(log.list).as(filter).anySatisfy(event -> {
                assertThat(event.getFormattedMessage()).contains("INTERNAL 500", "id=" + id.group(1));
                assertThat(event.getThrowableProxy().getMessage()).isEqualTo("inner detail");
            });
        }
    }

    @Test
    void endlessRecursionIsADefectLikeAnyOther() throws Exception {
        assertThat(answerWith("routing", DefectTest::recurse)).startsWith("HTTP/1.1 500 ");
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void recurse(Object request, Object response, Object chain) {
        recurse(request, response, chain);
    }

    @Test
    void answerThatBeganIsCut() throws Exception {
        String answer = answerWith("routing", (request, response, chain) -> {
            ((HttpServletResponse) response).setContentLength(100);
            response.getOutputStream().write("begun".getBytes(UTF_8));
            response.flushBuffer();
            throw new IllegalStateException("inner detail");
        });
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("begun");
    }

    /** One rule, whose pool is empty: every filter sees its requests. */
    private static GatewayConfiguration configuration(int port) {
        String gateway = """
                { "name": "g", "sku": { "tier": "Standard_v2" },
                  "frontendIPConfigurations": [{ "name": "fe" }], "frontendPorts": [{ "name": "p", "port": 80 }],
                  "backendAddressPools": [{ "name": "b" }], "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }],
                  "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p" }],
                  "requestRoutingRules": [{ "name": "r", "priority": 1, "httpListener": "l", "backendAddressPool": "b",
                    "backendHttpSettings": "s" }] }
                """;
        String local = "{ \"listen\": { \"ports\": { \"80\": " + port + " } } }";
        LoadResult loaded = new ConfigurationReader()
                .load(
                        new Source("gateway.json", gateway.getBytes(UTF_8)),
                        Optional.of(new Source("gatehouse.local.json", local.getBytes(UTF_8))),
                        Path.of(""));
        assertThat(loaded.configuration()).as("%s", loaded.problems()).isPresent();
        return loaded.configuration().orElseThrow();
    }

    private static List<String> filters() throws Exception {
        List<String> names = new ArrayList<>();
        int port = Samples.freePort();
        GatewayConfiguration configuration = configuration(port);
        GatewayServer.start(Samples.plan(configuration), launch -> new Breaking(launch.served(), names, "", null))
                .close();
        return names;
    }

    private static String answerWith(String filter, Filter broken) throws Exception {
        int port = Samples.freePort();
        GatewayConfiguration configuration = configuration(port);
        GatewayServer server = GatewayServer.start(
                Samples.plan(configuration),
                launch -> new Breaking(launch.served(), new ArrayList<>(), filter, broken));
        try {
            return RawClient.get(port, "/");
        } finally {
            server.close();
        }
    }

    /** A gateway one of whose filters is replaced. */
    private static final class Breaking implements ServletContextListener {
        private final GatewayContextListener gateway;
        private final List<String> names;
        private final String name;
        private final Filter broken;

        Breaking(GatewayConfiguration configuration, List<String> names, String name, Filter broken) {
            this.gateway = new GatewayContextListener(configuration);
            this.names = names;
            this.name = name;
            this.broken = broken;
        }

        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext real = event.getServletContext();
            ServletContext watched = (ServletContext) Proxy.newProxyInstance(
                    ServletContext.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (self, method, arguments) -> {
                        if (method.getName().equals("addFilter")) {
                            names.add((String) arguments[0]);
                            arguments[1] = arguments[0].equals(name) ? broken : arguments[1];
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            gateway.contextInitialized(new ServletContextEvent(watched));
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            gateway.contextDestroyed(event);
        }
    }
}
