package dev.gatehouse.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A range of IP addresses in CIDR notation. Immutable.
 *
 * @param first lowest address
 * @param prefix length of the network part in bits
 * @param bits of an address: 32 or 128
 */
record IpRange(BigInteger first, int prefix, int bits) {
    private static final int V4 = 32;
    private static final int V6 = 128;
    private static final int V6_GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final int HEX = 16;
    private static final int OCTETS = 4;
    private static final int OCTET_BITS = 8;
    private static final int LARGEST_OCTET = 255;
    private static final int LONGEST = 50;

    /** Reads a range; bits behind the prefix are dropped. An address alone is a range of one. */
    static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        int bits = address.indexOf(':') >= 0 ? V6 : V4;
        Optional<BigInteger> value =
                text.length() > LONGEST ? Optional.empty() : bits == V6 ? v6(address) : v4(address);
        Optional<Integer> prefix = slash < 0 ? Optional.of(bits) : number(text.substring(slash + 1), bits);
        return value.flatMap(number -> prefix.map(length -> of(number, length, bits)));
    }

    static IpRange of(BigInteger address, int prefix, int bits) {
        int host = bits - prefix;
        return new IpRange(address.shiftRight(host).shiftLeft(host), prefix, bits);
    }

    private static Optional<Integer> number(String digits, int most) {
        boolean isNumber = digits.matches("[0-9]{1,3}");
        return isNumber ? Optional.of(Integer.parseInt(digits)).filter(number -> number <= most) : Optional.empty();
    }

    private static Optional<BigInteger> v4(String address) {
        String[] octets = address.split("\\.", -1);
        BigInteger value = BigInteger.ZERO;
        for (String octet : octets) {
            Optional<Integer> number = number(octet, LARGEST_OCTET);
            if (number.isEmpty() || octets.length != OCTETS) {
                return Optional.empty();
            }
            value = value.shiftLeft(OCTET_BITS).or(BigInteger.valueOf(number.get()));
        }
        return Optional.of(value);
    }

    /** RFC 4291 section 2.2, the mixed form with an IPv4 tail included. */
    private static Optional<BigInteger> v6(String address) {
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<BigInteger>> head = groups(gap < 0 ? address : address.substring(0, gap));
        Optional<List<BigInteger>> tail = groups(gap < 0 ? "" : address.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int missing = V6_GROUPS - head.get().size() - tail.get().size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        BigInteger value = BigInteger.ZERO;
        for (BigInteger group : head.get()) {
            value = value.shiftLeft(GROUP_BITS).or(group);
        }
        value = value.shiftLeft(missing * GROUP_BITS);
        for (BigInteger group : tail.get()) {
            value = value.shiftLeft(GROUP_BITS).or(group);
        }
        return Optional.of(value);
    }

    private static Optional<List<BigInteger>> groups(String text) {
        List<BigInteger> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            Optional<BigInteger> mixed =
                    i == parts.length - 1 && parts[i].contains(".") ? v4(parts[i]) : Optional.empty();
            if (mixed.isPresent()) {
                groups.add(mixed.get().shiftRight(GROUP_BITS));
                groups.add(mixed.get().and(BigInteger.valueOf(0xFFFF)));
            } else if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
                groups.add(new BigInteger(parts[i], HEX));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    boolean isV6() {
        return bits == V6;
    }

    BigInteger size() {
        return BigInteger.ONE.shiftLeft(bits - prefix);
    }

    BigInteger last() {
        return first.add(size()).subtract(BigInteger.ONE);
    }

    BigInteger mask() {
        BigInteger all = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        return all.subtract(size().subtract(BigInteger.ONE));
    }

    @Override
    public String toString() {
        return text(first) + "/" + prefix;
    }

    /** An address of this range's kind as text; RFC 5952 for the long ones. */
    String text(BigInteger address) {
        return isV6() ? v6Text(address) : v4Text(address);
    }

    private static String v4Text(BigInteger address) {
        long value = address.longValue();
        return (value >> 24 & LARGEST_OCTET) + "." + (value >> 16 & LARGEST_OCTET) + "." + (value >> 8 & LARGEST_OCTET)
                + "." + (value & LARGEST_OCTET);
    }

    private static String v6Text(BigInteger address) {
        int[] groups = new int[V6_GROUPS];
        for (int i = 0; i < V6_GROUPS; i++) {
            groups[i] = address.shiftRight((V6_GROUPS - 1 - i) * GROUP_BITS).intValue() & 0xFFFF;
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < V6_GROUPS; i++) {
            int length = 0;
            while (i + length < V6_GROUPS && groups[i + length] == 0) {
                length++;
            }
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
        }
        return spelled(groups, gap, gapLength);
    }

    private static String spelled(int[] groups, int gap, int gapLength) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            boolean needsColon = text.length() > 0 && text.charAt(text.length() - 1) != ':';
            text.append(needsColon ? ":" : "").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
