package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HostOverride;
import java.util.Optional;

/** Host names in backend settings of both kinds (VAL-23). Confined to one load. */
final class HostReader {
    private final Problems problems;

    HostReader(Problems problems) {
        this.problems = problems;
    }

    /** The name that the settings give to a backend, or that they pick it from its address. */
    HostOverride override(ConfigObject object) {
        boolean picks = object.flag("pickHostNameFromBackendAddress", false);
        Optional<String> name = host(object, "hostName");
        if (picks && name.isPresent()) {
            problems.error(
                    "VAL-23",
                    Kind.CONFLICT,
                    object.placeOf("hostName"),
                    "the settings name a host and also pick it from the backend's address.",
                    "Remove hostName, or set pickHostNameFromBackendAddress to false.");
            return HostOverride.NONE;
        }
        return new HostOverride(name.orElse(null), picks);
    }

    /** A host name; empty if there is none or if it was reported. */
    Optional<String> host(ConfigObject object, String key) {
        Optional<String> host = object.text(key).map(String::strip);
        Optional<String> complaint = host.flatMap(Hosts::complaintAboutHost);
        complaint.ifPresent(text -> problems.error(
                "VAL-23",
                Kind.RANGE,
                object.placeOf(key),
                Wording.quote(host.orElse("")) + " " + text + ".",
                "Give a bare host name."));
        return complaint.isPresent() ? Optional.empty() : host;
    }
}
