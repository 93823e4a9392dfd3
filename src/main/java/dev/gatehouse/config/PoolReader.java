package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pools, with the members that the local file adds (section 4.7). Confined to one load. */
final class PoolReader {
    private static final int MOST_MEMBERS = 1200;

    private final Map<String, List<BackendAddress>> added;
    private final Problems problems;

    PoolReader(Map<String, List<BackendAddress>> added, Problems problems) {
        this.added = added;
        this.problems = problems;
    }

    Optional<BackendAddressPool> pool(String name, ConfigObject object) {
        List<BackendAddress> members = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean isReplaced = added.containsKey(name.toLowerCase(Locale.ROOT));
        for (Node entry : entries(object, isReplaced)) {
            host(entry, object).map(host -> new BackendAddress(host, null)).ifPresent(member -> {
                if (isNew(seen, member, entry.place())) {
                    members.add(member);
                }
            });
        }
        for (BackendAddress member : added.getOrDefault(name.toLowerCase(Locale.ROOT), List.of())) {
            if (isNew(seen, member, object.place())) {
                members.add(member);
            }
        }
        checkSize(name, members.size(), object);
        return Optional.of(new BackendAddressPool(name, members));
    }

    /** An address that is not known is no loss where the local file names the members. */
    private static List<Node> entries(ConfigObject pool, boolean isReplaced) {
        if (isReplaced && pool.get("backendAddresses").orElse(null) instanceof OpenNode) {
            return List.of();
        }
        return pool.array("backendAddresses").stream()
                .filter(entry -> !isReplaced || !isOpen(entry))
                .toList();
    }

    private static boolean isOpen(Node entry) {
        return entry instanceof OpenNode
                || entry instanceof ObjectNode member
                        && (member.get("fqdn").orElse(entry) instanceof OpenNode
                                || member.get("ipAddress").orElse(entry) instanceof OpenNode);
    }

    /** A bare text instead of an object is printed by some of Azure's REST examples. */
    private Optional<String> host(Node entry, ConfigObject pool) {
        if (entry instanceof ScalarNode scalar && scalar.isText()) {
            return Optional.of(scalar.text().strip()).filter(host -> isHost(host, entry.place()));
        }
        return pool.asObject(entry).flatMap(this::host);
    }

    private Optional<String> host(ConfigObject entry) {
        Optional<String> fqdn = entry.text("fqdn");
        Optional<String> address = entry.text("ipAddress");
        if (fqdn.isPresent() && address.isPresent()) {
            problems.warn(
                    "CFG-22",
                    Kind.CONFLICT,
                    entry.placeOf("ipAddress"),
                    "the member has a name too; the name counts, the address is not used.",
                    "Keep one of fqdn and ipAddress.");
        }
        String key = fqdn.isPresent() ? "fqdn" : "ipAddress";
        return fqdn.or(() -> address).map(String::strip).filter(host -> isHost(host, entry.placeOf(key)));
    }

    private boolean isHost(String host, Place place) {
        Optional<String> complaint = Hosts.complaintAboutHost(host);
        boolean hasPort = complaint.isEmpty() && host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
        if (complaint.isEmpty() && !hasPort) {
            return true;
        }
        problems.error(
                "CFG-22",
                Kind.RANGE,
                place,
                Wording.quote(host) + (hasPort ? " holds a port" : " " + complaint.orElse("")) + ".",
                "Give a bare name or IP address; port and scheme belong to the backend settings, or to \"addresses\" of"
                        + " the local file.");
        return false;
    }

    private boolean isNew(Set<String> seen, BackendAddress member, Place place) {
        boolean isNew = seen.add(member.toString().toLowerCase(Locale.ROOT));
        if (!isNew) {
            problems.warn(
                    "VAL-2",
                    Kind.DUPLICATE,
                    place,
                    "the member " + Wording.quote(member.toString()) + " is in the pool already; it counts once.",
                    "Remove one of the two.");
        }
        return isNew;
    }

    /** Whether it names members that could not be read: then it is not the user who left it empty. */
    private static boolean isOpen(ConfigObject object) {
        Optional<Node> members = object.get("backendAddresses");
        if (members.isPresent() && members.get() instanceof ArrayNode array) {
            return array.elements().stream().anyMatch(PoolReader::saysSomething);
        }
        return members.isPresent();
    }

    private static boolean saysSomething(Node entry) {
        if (entry instanceof ObjectNode member) {
            Optional<String> host = member.text("fqdn").or(() -> member.text("ipAddress"));
            return isOpen(member) || host.filter(text -> !text.isBlank()).isPresent();
        }
        return entry instanceof ScalarNode || entry instanceof OpenNode;
    }

    private void checkSize(String name, int size, ConfigObject object) {
        if (size == 0 && !isOpen(object)) {
            problems.warn(
                    "VAL-38",
                    Kind.BINDING,
                    object.place(),
                    "the pool " + Wording.quote(name) + " has no members; requests to it get 502.",
                    "Name them in the local file: \"pools\": { " + Wording.quote(name) + ": [\"127.0.0.1:9001\"] }.");
        }
        if (size > MOST_MEMBERS) {
            problems.warn(
                    "VAL-39",
                    Kind.LIMIT,
                    object.place(),
                    "the pool has " + size + " members, Azure takes " + MOST_MEMBERS + ".",
                    "Split the pool if this goes back to Azure.");
        }
    }
}
