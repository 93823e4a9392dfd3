package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.BackendHttpSettings;

/** What dedicated backend connections cost (REQ-44). Confined to one load. */
final class DedicatedChecks {
    private DedicatedChecks() {}

    static void check(Table<BackendHttpSettings> settings, boolean enableHttp2, Problems problems) {
        if (!enableHttp2) {
            return;
        }
        for (Table.Item<BackendHttpSettings> item : settings.items()) {
            boolean isDedicated = item.value()
                    .filter(BackendHttpSettings::dedicatedBackendConnection)
                    .isPresent();
            if (isDedicated) {
                problems.warn(
                        "REQ-44",
                        Kind.CONFLICT,
                        item.object().placeOf("dedicatedBackendConnection"),
                        "one backend connection for each client connection leaves no room for HTTP/2: the clients of"
                                + " every listener that leads here speak HTTP/1.1.",
                        "Set enableHttp2 to false, or do without dedicatedBackendConnection.");
            }
        }
    }
}
