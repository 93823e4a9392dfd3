package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.StatusRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The list {@code match.statusCodes} of a probe (PRB-8). Stateless. */
final class StatusCodes {
    private StatusCodes() {}

    /** Numbers, ranges {@code a-b}, and several of them in one text, separated by commas (VAL-28). */
    static List<StatusRange> read(ConfigObject match, Problems problems) {
        List<StatusRange> ranges = new ArrayList<>();
        for (String text : match.texts("statusCodes")) {
            for (String part : text.split(",", -1)) {
                Optional<StatusRange> range = range(part.strip());
                range.ifPresent(ranges::add);
                if (range.isEmpty()) {
                    problems.error(
                            "VAL-28",
                            Kind.RANGE,
                            match.placeOf("statusCodes"),
                            Wording.quote(text) + " is no list of status codes.",
                            "Write codes from 100 to 599 or ranges of them, such as \"200-399\".");
                }
            }
        }
        return ranges;
    }

    private static Optional<StatusRange> range(String text) {
        int dash = text.indexOf('-');
        int first = code(dash < 0 ? text : text.substring(0, dash).strip());
        int last = dash < 0 ? first : code(text.substring(dash + 1).strip());
        boolean isRange = first >= 100 && last >= first && last <= 599;
        return isRange ? Optional.of(new StatusRange(first, last)) : Optional.empty();
    }

    private static int code(String text) {
        boolean isCode = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isCode ? Integer.parseInt(text) : -1;
    }
}
