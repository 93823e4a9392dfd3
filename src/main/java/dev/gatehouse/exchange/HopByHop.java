package dev.gatehouse.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Fields that belong to one connection and never cross the gateway (RFC 9110 §7.6.1, REQ-42). Stateless. */
public final class HopByHop {
    private HopByHop() {}

    /**
     * Whether a field is hop-by-hop by its name alone.
     *
     * @param name field name, any case
     * @return true if it must not be passed on
     */
    public static boolean isHopByHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Upgrade") || name.equalsIgnoreCase("Trailer");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
            default -> false;
        };
    }

    /**
     * The fields that Connection names. Read them before Connection itself goes, or a client could carry a private
     * field past us.
     *
     * @param connection the values of all Connection fields
     * @return names other than the usual {@code keep-alive}, {@code close} and {@code upgrade}; most often empty
     */
    public static List<String> namedIn(Enumeration<String> connection) {
        List<String> names = List.of();
        while (connection.hasMoreElements()) {
            names = collect(connection.nextElement(), names);
        }
        return names;
    }

    /**
     * The fields that one Connection value names.
     *
     * @param connection value of a Connection field
     * @param before names already found
     * @return both
     */
    public static List<String> collect(String connection, List<String> before) {
        if (isUsual(connection)) {
            return before;
        }
        List<String> names = new ArrayList<>(before);
        for (String part : connection.split(",", -1)) {
            String name = part.strip();
            if (!name.isEmpty() && !isUsual(name)) {
                names.add(name);
            }
        }
        return Collections.unmodifiableList(names);
    }

    private static boolean isUsual(String token) {
        return token.equalsIgnoreCase("keep-alive")
                || token.equalsIgnoreCase("close")
                || token.equalsIgnoreCase("upgrade");
    }

    /**
     * Whether a list of names holds a name.
     *
     * @param names from {@link #namedIn}
     * @param name field name, any case
     * @return true if it does
     */
    public static boolean contains(List<String> names, String name) {
        for (String each : names) {
            if (each.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
