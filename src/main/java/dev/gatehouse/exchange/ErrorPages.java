package dev.gatehouse.exchange;

import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The custom error pages of one configuration, in memory (REQ-48). A listener with pages of its own has no others, not
 * even for codes it does not name. Immutable.
 */
public final class ErrorPages {
    private final Map<Integer, byte[]> ofGateway;
    private final Map<String, Map<Integer, byte[]>> ofListeners = new HashMap<>();

    /**
     * Loads the pages of a gateway.
     *
     * @param gateway names them
     * @param loader gives a page's bytes, UTF-8 or whatever its own HTML declares; empty where the built-in page is to
     *     stand in
     */
    public ErrorPages(Gateway gateway, Function<CustomErrorPage.Source, Optional<byte[]>> loader) {
        ofGateway = load(gateway.customErrorPages(), loader);
        for (HttpListener listener : gateway.httpListeners()) {
            if (!listener.customErrorPages().isEmpty()) {
                ofListeners.put(listener.name(), load(listener.customErrorPages(), loader));
            }
        }
    }

    private static Map<Integer, byte[]> load(
            List<CustomErrorPage> pages, Function<CustomErrorPage.Source, Optional<byte[]>> loader) {
        Map<Integer, byte[]> loaded = new HashMap<>();
        for (CustomErrorPage page : pages) {
            loader.apply(page.source()).ifPresent(bytes -> loaded.put(page.statusCode(), bytes));
        }
        return loaded;
    }

    /**
     * The page for an error.
     *
     * @param listener the listener that took the request; null if none is known
     * @param status the error
     * @return null for the built-in page
     */
    byte @Nullable [] page(@Nullable HttpListener listener, int status) {
        Map<Integer, byte[]> own = listener == null ? null : ofListeners.get(listener.name());
        return (own == null ? ofGateway : own).get(status);
    }
}
