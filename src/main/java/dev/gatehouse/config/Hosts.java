package dev.gatehouse.config;

import java.util.Optional;

/** What may be written as a host: names for backends and headers, and the patterns of listeners (CFG-20). Stateless. */
final class Hosts {
    static final int MOST_PER_LISTENER = 5;

    private static final int LONGEST = 253;
    private static final int MOST_WILDCARDS = 4;
    private static final int MOST_STARS = 2;

    private Hosts() {}

    static boolean hasWildcard(String host) {
        return host.indexOf('*') >= 0 || host.indexOf('?') >= 0;
    }

    /** What is wrong with a host name or IP literal, if anything. Nothing that passes can break a header line. */
    static Optional<String> complaintAboutHost(String host) {
        if (host.isEmpty() || host.length() > LONGEST) {
            return Optional.of("is empty or longer than " + LONGEST + " characters");
        }
        boolean isPlain = host.chars().allMatch(c -> isHostCharacter(c) || c == ':');
        return isPlain ? Optional.empty() : Optional.of("is no host name");
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

    private static boolean isHostCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_');
    }
}
