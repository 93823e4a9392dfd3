package dev.gatehouse.exchange;

import java.io.IOException;
import java.util.ServiceLoader;

/**
 * How a filter makes the container cut a connection whose answer had begun: the client must never take a broken body
 * for a whole one (REQ-38). A container that logs every exception with its trace can be given its own kind.
 */
public interface ResponseCut {
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
        return ServiceLoader.load(ResponseCut.class, ResponseCut.class.getClassLoader())
                .findFirst()
                .orElse(IOException::new)
                .toException(words);
    }
}
