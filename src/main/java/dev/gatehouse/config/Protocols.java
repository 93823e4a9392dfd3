package dev.gatehouse.config;

import dev.gatehouse.model.Protocol;
import java.util.Map;

/** The spellings of {@link Protocol}. Stateless. */
final class Protocols {
    static final Map<String, Protocol> BY_NAME =
            Map.of(Protocol.HTTP.azureName(), Protocol.HTTP, Protocol.HTTPS.azureName(), Protocol.HTTPS);

    private Protocols() {}
}
