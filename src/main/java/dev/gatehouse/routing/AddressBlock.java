package dev.gatehouse.routing;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of IP addresses, or one of them. Immutable. */
final class AddressBlock {
    private final byte[] address;
    private final int bits;

    private AddressBlock(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Reads {@code 10.1.0.0/16} or {@code ::1}, which the configuration's own check has found good. */
    static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        return new AddressBlock(address, slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1)));
    }

    /** Reads an IP literal; never looks a name up. */
    static byte[] bytes(String literal) {
        int zone = literal.indexOf('%');
        try {
            return InetAddress.getByName(zone < 0 ? literal : literal.substring(0, zone))
                    .getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: " + literal + " (expected: an IP literal)", e);
        }
    }

    boolean holds(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (other[i] != address[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((other[whole] ^ address[whole]) & 0xff) >> (8 - rest) == 0;
    }
}
