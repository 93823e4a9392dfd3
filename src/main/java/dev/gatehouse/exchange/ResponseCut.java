package dev.gatehouse.exchange;

import java.io.IOException;
import java.util.ServiceLoader;

/**
 * How a filter makes the container cut a connection whose answer had begun: the client must never take a broken body
 * for a whole one (REQ-38). A container that logs every exception with its trace can be given its own kind. Thread-safe.
 */
public interface ResponseCut {
    /**
     * Whether the container that runs us is the one this is for.
     *
     * @return true if {@link #toException} may be called
     */
    boolean isAvailable();

    /**
     * The exception to throw out of the filter chain.
     *
     * @param words why, in plain words
     * @return thrown by the caller
     */
    IOException toException(String words);

    /**
     * The exception that this container takes best.
     *
     * @param words why, in plain words
     * @return a new exception
     */
    static IOException exception(String words) {
        for (ResponseCut each : ServiceLoader.load(ResponseCut.class, ResponseCut.class.getClassLoader())) {
            if (each.isAvailable()) {
                return each.toException(words);
            }
        }
        return new IOException(words);
    }
}
