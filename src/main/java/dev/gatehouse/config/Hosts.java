package dev.gatehouse.config;

import dev.gatehouse.model.HostText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** What may be written as a host: names for backends and headers, and the patterns of listeners (CFG-20). Stateless. */
final class Hosts {
    static final int MOST_PER_LISTENER = 5;

    private static final int LONGEST = 253;
    private static final int MOST_WILDCARDS = 4;
    private static final int MOST_STARS = 2;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private Hosts() {}

    /** What is wrong with a host name or IP literal, if anything. Nothing that passes can break a header line. */
    static Optional<String> complaintAboutHost(String host) {
        if (host.isEmpty() || host.length() > LONGEST) {
            return Optional.of("is empty or longer than " + LONGEST + " characters");
        }
        boolean isPlain = host.chars().allMatch(c -> isHostCharacter(c) || c == ':');
        if (!isPlain || hasEmptyLabel(host)) {
            return Optional.of("is no host name");
        }
        boolean isMeantAsAddress = host.indexOf(':') >= 0 || endsInNumber(host);
        return isMeantAsAddress && !isAddress(host) ? Optional.of("is no IP address") : Optional.empty();
    }

    /** {@code 10.0.0.1}, {@code ::1}, {@code 10.0.0.0/8}, {@code fe80::/10}. */
    static boolean isAddressBlock(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        int most = address.indexOf(':') >= 0 ? 128 : 32;
        String length = slash < 0 ? "0" : text.substring(slash + 1);
        return isAddress(address) && length.matches("\\d{1,3}") && Integer.parseInt(length) <= most;
    }

    /** RFC 9110 §5.6.2: what may name a header or a cookie. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Hosts::isTokenCharacter);
    }

    /** No name of the net ends in a number, so such a text is an IPv4 address or a slip of the pen. */
    private static boolean endsInNumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isAddress(String text) {
        if (text.indexOf(':') < 0) {
            return HostText.isIpLiteral(text);
        }
        // Only these characters, so that the JDK parses and never looks up.
        boolean isLiteral =
                text.charAt(0) != '.' && text.chars().allMatch(c -> ":.0123456789abcdefABCDEF".indexOf(c) >= 0);
        try {
            return isLiteral && InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean hasEmptyLabel(String host) {
        return host.startsWith(".") || host.contains("..");
    }

    /** What is wrong with a name of a listener, if anything. */
    static Optional<String> complaintAboutPattern(String pattern) {
        if (pattern.isEmpty() || pattern.length() > LONGEST) {
            return Optional.of("is empty or longer than " + LONGEST + " characters");
        }
        if (!pattern.chars().allMatch(c -> isHostCharacter(c) || c == '*' || c == '?')) {
            return Optional.of("holds something else than letters, digits, '-', '.', '*' and '?'");
        }
        long stars = count(pattern, '*');
        if (stars > MOST_STARS || stars + count(pattern, '?') > MOST_WILDCARDS) {
            return Optional.of("holds more than two '*' or more than four wildcards");
        }
        if (hasEmptyLabel(pattern)) {
            return Optional.of("has nothing between two dots");
        }
        for (String label : pattern.split("\\.", -1)) {
            boolean mixes = label.indexOf('*') >= 0 && label.indexOf('?') >= 0;
            if (count(label, '*') > 1 || mixes) {
                return Optional.of("holds two '*', or '*' and '?', between two dots");
            }
        }
        return Optional.empty();
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static boolean isTokenCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static boolean isHostCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_');
    }
}
