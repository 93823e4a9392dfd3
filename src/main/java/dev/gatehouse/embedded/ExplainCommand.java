package dev.gatehouse.embedded;

import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.explain.DescribedRequest;
import dev.gatehouse.explain.DescriptionException;
import dev.gatehouse.explain.Explainer;
import dev.gatehouse.explain.Explanation;
import dev.gatehouse.explain.ExplanationJson;
import dev.gatehouse.explain.ExplanationText;
import dev.gatehouse.explain.Note;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.Origin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain FILE METHOD URL}: what would become of a request, and why; sends nothing. */
@Command(
        name = "explain",
        description = {
            "Says what would become of a request and which lines of the files decide it; sends nothing.",
            "Exits with 0 if the request is forwarded or redirected, 3 if it is refused, 1 if the configuration is."
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The gateway: an ARM template, a resource or an export of the CLI.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "METHOD", description = "GET, POST, ...")
    private String method = "";

    @Parameters(
            index = "2",
            paramLabel = "URL",
            description = "http, https, ws or wss. Its port is a frontend port; if there is none of that number, a port"
                    + " that listen.ports opens here.")
    private String url = "";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header of the request, as often as needed. Host comes from the URL; 'Upgrade: websocket'"
                    + " alone is completed to a handshake.")
    private List<String> headers = List.of();

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Option(
            names = "--frontend",
            paramLabel = "NAME",
            description = "The frontend IP configuration it comes in by, where several have the port.")
    private @Nullable String frontend;

    @Option(
            names = "--client",
            paramLabel = "ADDRESS[:PORT]",
            defaultValue = DescribedRequest.DEFAULT_CLIENT,
            description = "Who asks; default ${DEFAULT-VALUE}.")
    private String client = DescribedRequest.DEFAULT_CLIENT;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How the explanation looks: text (default) or json.")
    private ReportFormat format = ReportFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        DescribedRequest request = request();
        LoadResult result = options.load(file);
        if (result.configuration().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            new CheckReport(List.of(new CheckReport.Entry(file.toString(), result))).writeText(err);
            err.println("Not explained: the configuration is refused.");
            return 1;
        }
        Explanation explanation = explain(request, result.configuration().get(), result);
        PrintWriter out = spec.commandLine().getOut();
        if (format == ReportFormat.JSON) {
            ExplanationJson.write(explanation, out);
        } else {
            ExplanationText.write(explanation, out);
        }
        return explanation.isRouted() ? 0 : REFUSED;
    }

    private DescribedRequest request() {
        try {
            return DescribedRequest.of(method, url, headers, client, Optional.ofNullable(frontend));
        } catch (DescriptionException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Explanation explain(DescribedRequest request, GatewayConfiguration configuration, LoadResult result) {
        try {
            return new Explainer(configuration, result.origins(), notes(result)).explain(request);
        } catch (DescriptionException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What is served otherwise than written bears on a request; what Azure would say does not. */
    private static List<Note> notes(LoadResult result) {
        return result.problems().stream()
                .filter(problem -> problem.severity() == Severity.WARNING)
                .map(ExplainCommand::note)
                .toList();
    }

    private static Note note(Problem problem) {
        Origin origin = new Origin(problem.file(), problem.path(), problem.line());
        return new Note(origin, problem.message() + " [" + problem.id() + "]");
    }
}
