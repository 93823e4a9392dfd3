package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.Node;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions over ranges of IP addresses. Stateless. */
final class CidrFunctions {
    /** Ranges of IPv4 from this prefix on have no addresses of their own for network and broadcast (RFC 3021). */
    private static final int POINT_TO_POINT = 31;

    private CidrFunctions() {}

    static List<Builtin> all() {
        return List.of(
                known("parseCidr", 1, 1, CidrFunctions::parse),
                known("cidrSubnet", 3, 3, CidrFunctions::subnet),
                known("cidrHost", 2, 2, CidrFunctions::host));
    }

    private static IpRange range(Arguments arguments) {
        return IpRange.parse(arguments.text(0))
                .orElseThrow(() -> arguments.wrong(0, "a range of addresses such as '10.0.0.0/16'"));
    }

    private static boolean hasReserved(IpRange range) {
        return !range.isV6() && range.prefix() < POINT_TO_POINT;
    }

    private static Node parse(Arguments arguments) {
        IpRange range = range(arguments);
        BigInteger reserved = hasReserved(range) ? BigInteger.ONE : BigInteger.ZERO;
        Map<String, Node> members = new LinkedHashMap<>();
        members.put("network", arguments.of(range.text(range.first())));
        members.put("netmask", arguments.of(range.text(range.mask())));
        if (!range.isV6()) {
            members.put("broadcast", arguments.of(range.text(range.last())));
        }
        members.put("firstUsable", arguments.of(range.text(range.first().add(reserved))));
        members.put("lastUsable", arguments.of(range.text(range.last().subtract(reserved))));
        members.put("cidr", arguments.of((long) range.prefix()));
        return Values.object(arguments.place(), members);
    }

    private static Node subnet(Arguments arguments) {
        IpRange range = range(arguments);
        long prefix = arguments.whole(1);
        if (prefix < range.prefix() || prefix > range.bits()) {
            throw arguments.fault(
                    1,
                    "a subnet of " + range + " has a prefix of " + range.prefix() + " to " + range.bits() + ", not "
                            + prefix + ".",
                    "Give a prefix within that.");
        }
        BigInteger index = BigInteger.valueOf(arguments.whole(2));
        BigInteger count = BigInteger.ONE.shiftLeft((int) prefix - range.prefix());
        if (index.signum() < 0 || index.compareTo(count) >= 0) {
            throw arguments.fault(
                    2,
                    range + " has " + count + " subnets of that size, none with index " + index + ".",
                    "Give an index from 0 below that.");
        }
        BigInteger first = range.first().add(index.shiftLeft(range.bits() - (int) prefix));
        return arguments.of(IpRange.of(first, (int) prefix, range.bits()).toString());
    }

    /** The addresses of network and broadcast are left out; in IPv6 only that of the network is (example of Azure). */
    private static Node host(Arguments arguments) {
        IpRange range = range(arguments);
        boolean isSingle = range.prefix() >= range.bits() - 1;
        BigInteger first = range.first().add(isSingle ? BigInteger.ZERO : BigInteger.ONE);
        BigInteger last = range.last().subtract(hasReserved(range) ? BigInteger.ONE : BigInteger.ZERO);
        BigInteger index = BigInteger.valueOf(arguments.whole(1));
        BigInteger host = first.add(index);
        if (index.signum() < 0 || host.compareTo(last) > 0) {
            throw arguments.fault(
                    1,
                    range + " has " + last.subtract(first).add(BigInteger.ONE) + " usable addresses, none with index "
                            + index + ".",
                    "Give an index from 0 below that.");
        }
        return arguments.of(range.text(host));
    }
}
