package dev.gatehouse.embedded;

import java.util.List;

/** Why nothing was started: every reason at once, each with object, cause and cure. */
final class StartRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> reasons;

    StartRefusedException(List<String> reasons) {
        super(String.join(System.lineSeparator(), reasons));
        this.reasons = List.copyOf(reasons);
    }

    StartRefusedException(String reason, Throwable cause) {
        super(reason, cause);
        this.reasons = List.of(reason);
    }

    List<String> reasons() {
        return reasons;
    }
}
