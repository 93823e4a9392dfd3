package dev.gatehouse.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration of ISO 8601. Years and months go by the calendar. Immutable.
 *
 * @param period the part in days and longer
 * @param rest the part in hours and shorter
 */
record IsoDuration(Period period, Duration rest) {
    private static final Pattern FORM = Pattern.compile(
            "(-?)P(?=.)(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?"
                    + "(?:([0-9]{1,8})D)?(?:T(?=.)(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:\\.([0-9]{1,9}))?S)?)?");
    private static final int YEARS = 2;
    private static final int MONTHS = 3;
    private static final int WEEKS = 4;
    private static final int DAYS = 5;
    private static final int HOURS = 6;
    private static final int MINUTES = 7;
    private static final int SECONDS = 8;
    private static final int FRACTION = 9;
    private static final int DAYS_PER_WEEK = 7;
    private static final int NANO_DIGITS = 9;

    static Optional<IsoDuration> parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        int sign = parts.group(1).isEmpty() ? 1 : -1;
        int days = number(parts, WEEKS) * DAYS_PER_WEEK + number(parts, DAYS);
        Period period = Period.of(sign * number(parts, YEARS), sign * number(parts, MONTHS), sign * days);
        Duration rest = Duration.ofHours(number(parts, HOURS))
                .plusMinutes(number(parts, MINUTES))
                .plusSeconds(number(parts, SECONDS))
                .plusNanos(nanos(parts));
        return Optional.of(new IsoDuration(period, rest.multipliedBy(sign)));
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private static int nanos(Matcher parts) {
        String fraction = parts.group(FRACTION);
        return fraction == null ? 0 : Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    }

    OffsetDateTime addTo(OffsetDateTime time) {
        return time.plus(period).plus(rest);
    }
}
