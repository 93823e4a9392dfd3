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

    /** A member with its place in the file. */
    record Placed(BackendAddress address, Place place) {}

    private final List<Placed> placed = new ArrayList<>();
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
            address(entry, object)
                    .filter(member -> isNew(seen, member, entry.place()))
                    .ifPresent(member -> {
                        members.add(member);
                        placed.add(new Placed(member, entry.place()));
                    });
        }
        List<BackendAddress> local = added.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        for (BackendAddress member : local) {
            if (isNew(seen, member, object.place())) {
                members.add(member);
            }
        }
        if (local.isEmpty()) {
            checkPresence(name, members.size(), object);
        }
        checkSize(members.size(), object);
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

    /** The members that the gateway file names, of all pools so far. */
    List<Placed> placed() {
        return List.copyOf(placed);
    }

    /** A bare text instead of an object is printed by some of Azure's REST examples. */
    private Optional<BackendAddress> address(Node entry, ConfigObject pool) {
        if (entry instanceof ScalarNode scalar && scalar.isText()) {
            return address(scalar.text().strip(), entry.place());
        }
        return pool.asObject(entry).flatMap(this::address);
    }

    private Optional<BackendAddress> address(ConfigObject entry) {
        boolean hasName = entry.isStated("fqdn");
        boolean hasAddress = entry.isStated("ipAddress");
        if (!hasName && !hasAddress) {
            problems.warn(
                    "CFG-22",
                    Kind.MISSING,
                    entry.place(),
                    "the member has neither a name nor an address; it is left out.",
                    "Give it an fqdn or an ipAddress, or remove it.");
            return Optional.empty();
        }
        if (hasName && hasAddress) {
            problems.warn(
                    "CFG-22",
                    Kind.CONFLICT,
                    entry.placeOf("ipAddress"),
                    "the member has a name too; the name counts, the address is not used.",
                    "Keep one of fqdn and ipAddress.");
        }
        String key = hasName ? "fqdn" : "ipAddress";
        return entry.text(key).flatMap(text -> address(text.strip(), entry.placeOf(key)));
    }

    private Optional<BackendAddress> address(String text, Place place) {
        Optional<HostPort> parsed = HostPort.parse(text).filter(host -> host.port() == null || host.port() > 0);
        if (parsed.isEmpty()) {
            problems.error(
                    "CFG-22",
                    Kind.RANGE,
                    place,
                    Wording.quote(text) + " is neither a host name nor an IP address.",
                    "Give a bare name or IP address; port and scheme belong to the backend settings.");
            return Optional.empty();
        }
        BackendAddress address =
                new BackendAddress(parsed.get().host(), parsed.get().port());
        if (address.port() != null) {
            problems.azure(
                    "CFG-22",
                    Kind.RANGE,
                    place,
                    Wording.quote(text) + " holds a port, which Azure does not take; here it overrides the port of the"
                            + " settings.",
                    "Give a bare name or IP address if this goes back to Azure; the port belongs to the settings.");
        }
        return Optional.of(address);
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

    /** VAL-38. Network interfaces join a pool from their own side, where only Azure can see it (section 4.7). */
    private void checkPresence(String name, int size, ConfigObject object) {
        int interfaces = object.array("backendIPConfigurations").size();
        String cure = "Name them in the local file: \"pools\": { " + Wording.quote(name) + ": [\"127.0.0.1:9001\"] }.";
        if (interfaces > 0) {
            problems.warn(
                    "VAL-38",
                    Kind.BINDING,
                    object.placeOf("backendIPConfigurations"),
                    "the pool " + Wording.quote(name) + " has members that joined from " + interfaces
                            + " network interfaces, whose addresses only Azure knows; they get no requests.",
                    cure);
        } else if (size == 0 && !isOpen(object)) {
            problems.warn(
                    "VAL-38",
                    Kind.BINDING,
                    object.place(),
                    "the pool " + Wording.quote(name) + " has no members; requests to it get 502.",
                    cure);
        }
    }

    private void checkSize(int size, ConfigObject object) {
        if (size > MOST_MEMBERS) {
            problems.azure(
                    "VAL-39",
                    Kind.LIMIT,
                    object.place(),
                    "the pool has " + size + " members, Azure takes " + MOST_MEMBERS + ".",
                    "Split the pool if this goes back to Azure.");
        }
    }
}
