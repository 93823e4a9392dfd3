package dev.gatehouse.model;

/** Reading and writing of hosts as text, without any look-up. Stateless. */
public final class HostText {
    private HostText() {}

    /**
     * Whether the text is an IPv4 or IPv6 literal. A name made of digits and dots that is no IPv4 address is not one.
     *
     * @param host a host without brackets
     * @return true for a literal
     */
    public static boolean isIpLiteral(String host) {
        return host.indexOf(':') >= 0 || isIpv4(host);
    }

    /**
     * Host and port as one text; an IPv6 address gets brackets.
     *
     * @param host FQDN or IP literal without brackets
     * @param port a port number
     * @return for example {@code [::1]:80}
     */
    public static String join(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Whether the text stands for more than one host.
     *
     * @param host a host of a listener (CFG-20)
     * @return true if it holds {@code *} or {@code ?}
     */
    public static boolean hasWildcard(String host) {
        return host.indexOf('*') >= 0 || host.indexOf('?') >= 0;
    }

    private static boolean isIpv4(String host) {
        int parts = 0;
        int start = 0;
        while (start <= host.length()) {
            int dot = host.indexOf('.', start);
            int end = dot < 0 ? host.length() : dot;
            if (!isOctet(host, start, end)) {
                return false;
            }
            parts++;
            start = end + 1;
        }
        return parts == 4;
    }

    private static boolean isOctet(String host, int start, int end) {
        if (end == start || end - start > 3) {
            return false;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = host.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            value = value * 10 + (c - '0');
        }
        return value <= 255;
    }
}
