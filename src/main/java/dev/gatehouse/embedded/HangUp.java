package dev.gatehouse.embedded;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, which asks a daemon to read its files again, and would end a JVM that does not listen. Heard until it is
 * closed. Thread-safe.
 */
final class HangUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);
    private static final String NAME = "HUP";

    private final @Nullable Signal signal;

    private HangUp(@Nullable Signal signal) {
        this.signal = signal;
    }

    /**
     * Calls an action at every SIGHUP, on a thread that the JVM makes for it; where the system or the JVM has no such
     * signal, never.
     *
     * @param action may take long; two may run at once
     */
    static HangUp listen(Runnable action) {
        try {
            return new HangUp(Signal.take(action));
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            LOG.debug("SIG{} is not heard here: {}", NAME, cause.toString()); // Windows, -Xrs, or another JVM
            return new HangUp(null);
        }
    }

    /** From now on the signal does what it did before. */
    @Override
    public void close() {
        if (signal != null) {
            signal.giveBack();
        }
    }

    /**
     * The JVM's own class for signals, by reflection: it is in every JVM that we know and in none of the standards, and
     * javac warns of it wherever it is named.
     */
    private record Signal(Method handle, Object number, Object former) {
        static Signal take(Runnable action) throws ReflectiveOperationException {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Method handle = type.getMethod("handle", type, handlerType);
            Object number = type.getConstructor(String.class).newInstance(NAME);
            Object ours = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handlerType}, new Handler(action));
            return new Signal(handle, number, handle.invoke(null, number, ours));
        }

        void giveBack() {
            try {
                handle.invoke(null, number, former);
            } catch (ReflectiveOperationException e) {
                LOG.warn("SIG{} is not given back", NAME, e);
            }
        }
    }

    /** All methods of the JVM's interface but those of every object are its one. */
    private record Handler(Runnable action) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            if (method.getDeclaringClass() != Object.class) {
                run();
                return null;
            }
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "SIG" + NAME;
            };
        }

        private void run() {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.error("what SIG{} asks for failed", NAME, e); // the JVM would only print it
            }
        }
    }
}
