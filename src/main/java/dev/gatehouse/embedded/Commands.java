package dev.gatehouse.embedded;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The commands of the jar. Exit codes: 0 done, or stopped by a signal; 1 refused, with every reason on standard error;
 * 2 wrong usage; 3 a request that is explained would be refused; 4 a backend or listener whose TLS does not work.
 */
@Command(
        name = "gatehouse",
        description = "Takes the JSON of an Azure Application Gateway and serves it, WebSocket included.",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class Commands implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "Log lines on standard error: text (default) or json.")
    private LogFormat logFormat = LogFormat.TEXT;

    private Commands() {}

    /**
     * The commands, ready to execute.
     *
     * @param gateway makes what serves a configuration
     * @return a new command line
     */
    static CommandLine with(GatewayFactory gateway) {
        Commands root = new Commands();
        long started = System.nanoTime();
        return new CommandLine(root)
                .addSubcommand(new RunCommand(gateway, started))
                .addSubcommand(new DemoCommand(gateway, started))
                .addSubcommand(new CheckCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new TlsCheckCommand())
                .addSubcommand(new DiffCommand())
                .addSubcommand(new ExportCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(parsed -> {
                    root.logFormat.install();
                    return new RunLast().execute(parsed);
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gatehouse " + number().orElse("(from classes)"), "Java " + Runtime.version()};
        }

        /** Empty if the classes come from no jar. */
        static Optional<String> number() {
            return Optional.ofNullable(Commands.class.getPackage().getImplementationVersion());
        }
    }
}
