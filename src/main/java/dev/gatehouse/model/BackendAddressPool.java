package dev.gatehouse.model;

import java.util.List;

/**
 * A named set of backends (section 4.7). An empty pool is legal and answers 502. Immutable.
 *
 * @param name unique name
 * @param backendAddresses its members, in file order, without duplicates; members that the local file's {@code pools}
 *     adds come last
 */
public record BackendAddressPool(String name, List<BackendAddress> backendAddresses) {
    public BackendAddressPool {
        Checks.named("backendAddressPools.name", name);
        backendAddresses = List.copyOf(backendAddresses);
    }
}
