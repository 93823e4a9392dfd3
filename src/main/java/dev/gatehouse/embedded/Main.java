package dev.gatehouse.embedded;

import dev.gatehouse.gateway.GatewayContextListener;

/**
 * The entry of the jar. Exit codes: 0 done, or stopped by a signal; 1 refused, with every reason on standard error; 2
 * wrong usage.
 */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments the command line; {@code --help} explains it
     */
    public static void main(String[] arguments) {
        System.exit(Commands.with(GatewayContextListener::new).execute(arguments));
    }
}
