package dev.gatehouse.upstream;

import java.util.function.BooleanSupplier;

/**
 * The connection a client's request came on, for backends that want one of their own for each (REQ-44).
 *
 * @param id never given to another connection while this process runs; empty if the container names none
 * @param isOpen whether it is still there; a container that does not say is taken at its idle limit
 */
public record ClientConnection(String id, BooleanSupplier isOpen) {
    boolean isKnown() {
        return !id.isEmpty();
    }
}
