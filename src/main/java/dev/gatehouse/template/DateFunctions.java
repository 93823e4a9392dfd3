package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.Node;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions over points in time, written as ISO 8601. Without a zone they are in UTC. Stateless. */
final class DateFunctions {
    private static final Pattern TIMESTAMP = Pattern.compile("([0-9]{4})(-?)([0-9]{2})\\2([0-9]{2})"
            + "(?:([T ])([0-9]{2})(:?)([0-9]{2})\\7([0-9]{2})(?:\\.([0-9]{1,9}))?)?(Z|[+-][0-9]{2}:[0-9]{2})?");
    private static final int YEAR = 1;
    private static final int DASH = 2;
    private static final int MONTH = 3;
    private static final int DAY = 4;
    private static final int SEPARATOR = 5;
    private static final int HOUR = 6;
    private static final int MINUTE = 8;
    private static final int SECOND = 9;
    private static final int FRACTION = 10;
    private static final int ZONE = 11;
    private static final int NANO_DIGITS = 9;
    private static final int LAST_YEAR = 9999;
    private static final long FIRST_SECOND =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int LONGEST_FORMAT = 200;

    private DateFunctions() {}

    static List<Builtin> all() {
        return List.of(
                known("dateTimeAdd", 2, 3, DateFunctions::add),
                known("dateTimeFromEpoch", 1, 1, DateFunctions::fromEpoch),
                known(
                        "dateTimeToEpoch",
                        1,
                        1,
                        arguments -> arguments.of(timestamp(arguments).toEpochSecond())));
    }

    private static Node add(Arguments arguments) {
        OffsetDateTime time = timestamp(arguments);
        IsoDuration duration = IsoDuration.parse(arguments.text(1))
                .orElseThrow(() -> arguments.wrong(1, "a duration such as 'P1D', '-PT30M' or 'P1Y2M3DT4H5M6S'"));
        String format = arguments.count() > 2
                ? arguments.text(2)
                : shape(arguments.text(0).strip());
        if (format.isEmpty() || format.length() > LONGEST_FORMAT) {
            throw arguments.wrong(2, "a date format of 1 to " + LONGEST_FORMAT + " characters");
        }
        try {
            OffsetDateTime sum = duration.addTo(time);
            if (sum.getYear() < 1 || sum.getYear() > LAST_YEAR) {
                throw beyond(arguments);
            }
            return arguments.of(DateFormat.format(sum, format)
                    .orElseThrow(() -> arguments.wrong(2, "a date format of .NET, such as 'u' or 'yyyy-MM-dd'")));
        } catch (DateTimeException | ArithmeticException e) {
            throw beyond(arguments);
        }
    }

    private static EvaluationException beyond(Arguments arguments) {
        return arguments.fault(
                1, "the sum lies outside the calendar, the years 1 to 9999.", "Give a shorter duration.");
    }

    private static Node fromEpoch(Arguments arguments) {
        long seconds = arguments.whole(0);
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            throw arguments.fault(0, "that many seconds lie outside the calendar.", "Give seconds, not milliseconds.");
        }
        OffsetDateTime time = Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC);
        return arguments.of(DateTimeFormatter.ISO_INSTANT.format(time));
    }

    private static OffsetDateTime timestamp(Arguments arguments) {
        Matcher parts = TIMESTAMP.matcher(arguments.text(0).strip());
        if (!parts.matches()) {
            throw arguments.wrong(0, "a time such as '2024-05-31T08:30:00Z'");
        }
        try {
            LocalDate date = LocalDate.of(number(parts, YEAR), number(parts, MONTH), number(parts, DAY));
            boolean hasTime = parts.group(HOUR) != null;
            LocalTime time = hasTime
                    ? LocalTime.of(number(parts, HOUR), number(parts, MINUTE), number(parts, SECOND), nanos(parts))
                    : LocalTime.MIDNIGHT;
            return OffsetDateTime.of(date, time, zone(parts));
        } catch (DateTimeException e) {
            throw arguments.fault(0, "there is no such time: " + e.getMessage() + ".", "Correct the date.");
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static int nanos(Matcher parts) {
        String fraction = parts.group(FRACTION);
        return fraction == null ? 0 : Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    }

    private static ZoneOffset zone(Matcher parts) {
        return parts.group(ZONE) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(ZONE));
    }

    /** The format that writes a time the way the given one is written. */
    private static String shape(String timestamp) {
        Matcher parts = TIMESTAMP.matcher(timestamp);
        if (!parts.matches()) {
            return "o";
        }
        String dash = parts.group(DASH);
        StringBuilder format = new StringBuilder("yyyy" + dash + "MM" + dash + "dd");
        if (parts.group(HOUR) != null) {
            String colon = parts.group(SEPARATOR + 2);
            format.append('\'').append(parts.group(SEPARATOR)).append("'HH").append(colon);
            format.append("mm").append(colon).append("ss");
            String fraction = parts.group(FRACTION);
            format.append(
                    fraction == null ? "" : "." + "f".repeat(Math.min(DateFormat.MOST_DECIMALS, fraction.length())));
        }
        return format.append(parts.group(ZONE) == null ? "" : "K").toString();
    }
}
