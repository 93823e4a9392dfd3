package dev.gatehouse.observe;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.HostText;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One server of the health report: a member as the user wrote it, with all addresses behind its name (PRB-20).
 * Immutable.
 *
 * @param address its host, as Azure prints it; with its port where another member differs in nothing else
 * @param addresses at least one
 */
public record MemberHealth(String address, List<AddressHealth> addresses) {
    /** Of several addresses, the best one decides: the member takes traffic while one of them does. */
    private static final List<Health> BEST_FIRST =
            List.of(Health.HEALTHY, Health.UNHEALTHY, Health.UNKNOWN, Health.DRAINING);

    /** What makes two addresses one member. */
    private record Member(BackendAddress address, int port) {
        static Member of(AddressHealth one) {
            Upstream upstream = one.upstream();
            return new Member(upstream.address(), upstream.port());
        }

        String host() {
            return address.host().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list. */
    public MemberHealth {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none (expected: >= 1)");
        }
    }

    /**
     * The members behind some addresses of one pair.
     *
     * @param addresses in any number and order
     * @return each member once, in the order of their first addresses
     */
    public static List<MemberHealth> of(List<AddressHealth> addresses) {
        Map<Member, List<AddressHealth>> members = new LinkedHashMap<>();
        for (AddressHealth one : addresses) {
            members.computeIfAbsent(Member.of(one), key -> new ArrayList<>()).add(one);
        }
        Map<String, Long> sameHost =
                members.keySet().stream().collect(Collectors.groupingBy(Member::host, Collectors.counting()));
        return members.entrySet().stream()
                .map(entry -> new MemberHealth(
                        name(
                                entry.getKey(),
                                sameHost.getOrDefault(entry.getKey().host(), 0L) > 1),
                        entry.getValue()))
                .toList();
    }

    private static String name(Member member, boolean withPort) {
        String host = member.address().host();
        return withPort ? HostText.join(host, member.port()) : host;
    }

    /**
     * The member's health.
     *
     * @return that of its best address
     */
    public Health health() {
        return telling().health();
    }

    /**
     * The address that stands for the member.
     *
     * @return the first of those that decide about its health
     */
    public AddressHealth telling() {
        return BEST_FIRST.stream()
                .flatMap(health -> addresses.stream().filter(address -> address.health() == health))
                .findFirst()
                .orElseGet(() -> addresses.get(0));
    }
}
