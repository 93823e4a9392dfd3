package dev.gatehouse.gateway;

import dev.gatehouse.model.AdminSettings;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.ListenAddress;
import java.util.List;
import java.util.Optional;

/**
 * The sockets of listeners, where the gateway opens them itself; in a foreign container there is nothing to open. Told
 * of each new configuration before it is served, so that one whose sockets or keys cannot be had is refused whole. Used
 * by one thread at a time.
 */
public interface Sockets {
    /** Leaves all sockets as they are: the container opens its own. */
    Sockets FOREIGN = new Sockets() {
        @Override
        public Plan plan(GatewayConfiguration configuration) {
            return new NothingToOpen(configuration);
        }

        @Override
        public Optional<ListenAddress> admin(AdminSettings settings) {
            return settings.isGiven() ? settings.listen() : Optional.empty(); // product.md section 4
        }
    };

    /**
     * What a container that owns its sockets needs for a configuration.
     *
     * @param configuration all of it
     */
    record NothingToOpen(GatewayConfiguration configuration) implements Plan {
        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public void open() {}

        @Override
        public List<String> commit() {
            return List.of();
        }

        @Override
        public void undo() {}
    }

    /**
     * Works out what a configuration needs and reads its keys; opens and closes nothing.
     *
     * @param configuration what is to be served
     * @return what would change
     * @throws RefusedException with everything that cannot be had
     */
    Plan plan(GatewayConfiguration configuration) throws RefusedException;

    /**
     * Where operators reach the gateway now.
     *
     * @param settings what the local file says
     * @return with the port that it really has; empty if it is off
     */
    Optional<ListenAddress> admin(AdminSettings settings);

    /** What is to be done for one configuration: either opened and committed, or undone. */
    interface Plan {
        /**
         * What can be served.
         *
         * @return the planned configuration, less the rules of listeners that stay shut (CFG-21)
         */
        GatewayConfiguration configuration();

        /**
         * What operators should know: sockets opened, closed and opened again, keys replaced, listeners that stay shut.
         *
         * @return one line each; none if nothing changes
         */
        List<String> notes();

        /**
         * Opens the sockets that are new. Old ones stay as they are.
         *
         * @throws RefusedException if one cannot be had; {@link #undo} has been done then
         */
        void open() throws RefusedException;

        /**
         * The configuration is served now: new keys are shown from the next handshake on, sockets that no listener has
         * any more take no new connection. Those they have stay open until their clients or the gateway end them.
         *
         * @return what could not be opened now that the sockets before are closed, one sentence each
         */
        List<String> commit();

        /** The configuration is not served after all: closes what {@link #open} opened. */
        void undo();
    }

    /** A configuration cannot have its sockets or keys. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> reasons;

        /**
         * Creates one.
         *
         * @param reasons all of them, each with object, cause and cure
         */
        public RefusedException(List<String> reasons) {
            super(String.join(System.lineSeparator(), reasons));
            this.reasons = List.copyOf(reasons);
        }

        /**
         * Everything that stands in the way.
         *
         * @return at least one line
         */
        public List<String> reasons() {
            return reasons;
        }
    }
}
