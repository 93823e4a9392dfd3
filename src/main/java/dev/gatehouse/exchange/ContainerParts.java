package dev.gatehouse.exchange;

import java.util.List;
import java.util.ServiceLoader;

/** What this class path holds for single containers, behind interfaces of this room. Stateless. */
final class ContainerParts {
    private ContainerParts() {}

    static <T> List<T> of(Class<T> type) {
        return ServiceLoader.load(type, type.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
