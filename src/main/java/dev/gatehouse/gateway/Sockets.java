package dev.gatehouse.gateway;

import dev.gatehouse.model.GatewayConfiguration;
import java.util.List;

/**
 * The sockets of listeners, where the gateway opens them itself; in a foreign container there is nothing to open. Told
 * of each new configuration before it is served, so that one whose sockets or keys cannot be had is refused whole. Used
 * by one thread at a time.
 */
@FunctionalInterface
public interface Sockets {
    /** Leaves all sockets as they are: the container opens its own. */
    Sockets FOREIGN = configuration -> new Plan() {
        @Override
        public GatewayConfiguration configuration() {
            return configuration;
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public void open() {}

        @Override
        public void commit() {}

        @Override
        public void undo() {}
    };

    /**
     * Works out what a configuration needs and reads its keys; opens and closes nothing.
     *
     * @param configuration what is to be served
     * @return what would change
     * @throws RefusedException with everything that cannot be had
     */
    Plan plan(GatewayConfiguration configuration) throws RefusedException;

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
         */
        void commit();

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
