package dev.gatehouse.template;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;

/** .NET's date formats, standard and custom, in the invariant culture. Confined to one call. */
final class DateFormat {
    static final int MOST_DECIMALS = 7;
    private static final int NANO_DIGITS = 9;
    private static final int NOON = 12;
    private static final int SHORT_NAME = 3;
    private static final int YEARS_SHOWN = 100;

    private final OffsetDateTime time;
    private final String format;
    private final StringBuilder text = new StringBuilder();

    private DateFormat(OffsetDateTime time, String format) {
        this.time = time;
        this.format = format;
    }

    /** The time as text; absent if there is no such format. */
    static Optional<String> format(OffsetDateTime time, String format) {
        if (format.length() > 1) {
            return Optional.of(new DateFormat(time, format).text());
        }
        boolean isUniversal = format.equals("u") || format.equals("U") || format.equals("r") || format.equals("R");
        OffsetDateTime shown = isUniversal ? time.withOffsetSameInstant(ZoneOffset.UTC) : time;
        return pattern(format).map(pattern -> new DateFormat(shown, pattern).text());
    }

    private static Optional<String> pattern(String standard) {
        return Optional.ofNullable(
                switch (standard) {
                    case "d" -> "MM/dd/yyyy";
                    case "D" -> "dddd, dd MMMM yyyy";
                    case "f" -> "dddd, dd MMMM yyyy HH:mm";
                    case "F", "U" -> "dddd, dd MMMM yyyy HH:mm:ss";
                    case "g" -> "MM/dd/yyyy HH:mm";
                    case "G" -> "MM/dd/yyyy HH:mm:ss";
                    case "m", "M" -> "MMMM dd";
                    case "o", "O" -> "yyyy-MM-ddTHH:mm:ss.fffffffK";
                    case "r", "R" -> "ddd, dd MMM yyyy HH:mm:ss 'GMT'";
                    case "s" -> "yyyy-MM-ddTHH:mm:ss";
                    case "t" -> "HH:mm";
                    case "T" -> "HH:mm:ss";
                    case "u" -> "yyyy-MM-dd HH:mm:ss'Z'";
                    case "y", "Y" -> "yyyy MMMM";
                    default -> null;
                });
    }

    private String text() {
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            int count = 1;
            while (at + count < format.length() && format.charAt(at + count) == c) {
                count++;
            }
            at += c == '\'' || c == '"' ? quoted(at) : c == '\\' ? escaped(at) : field(c, count);
        }
        return text.toString();
    }

    /** Appends what stands between quotes; answers how many characters of the format that were. */
    private int quoted(int at) {
        int end = format.indexOf(format.charAt(at), at + 1);
        int close = end < 0 ? format.length() : end;
        text.append(format, at + 1, close);
        return Math.min(format.length(), close + 1) - at;
    }

    private int escaped(int at) {
        text.append(format, Math.min(at + 1, format.length()), Math.min(at + 2, format.length()));
        return 2;
    }

    private int field(char letter, int count) {
        switch (letter) {
            case 'y' -> number(count <= 2 ? time.getYear() % YEARS_SHOWN : time.getYear(), count);
            case 'M' -> month(count);
            case 'd' -> day(count);
            case 'H' -> number(time.getHour(), Math.min(count, 2));
            case 'h' -> number((time.getHour() + NOON - 1) % NOON + 1, Math.min(count, 2));
            case 'm' -> number(time.getMinute(), Math.min(count, 2));
            case 's' -> number(time.getSecond(), Math.min(count, 2));
            case 'f', 'F' -> fraction(count, letter == 'F');
            case 't' -> text.append(time.getHour() < NOON ? "AM" : "PM", 0, Math.min(count, 2));
            case 'z' -> zone(count);
            case 'K' -> text.append(isUtc() ? "Z" : time.getOffset().getId());
            case '%' -> {}
            default -> text.append(String.valueOf(letter).repeat(count));
        }
        return count;
    }

    private boolean isUtc() {
        return time.getOffset().equals(ZoneOffset.UTC);
    }

    private void number(int value, int digits) {
        String plain = String.valueOf(value);
        text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
    }

    private void month(int count) {
        if (count < SHORT_NAME) {
            number(time.getMonthValue(), count);
        } else {
            text.append(time.getMonth().getDisplayName(style(count), Locale.ENGLISH));
        }
    }

    private void day(int count) {
        if (count < SHORT_NAME) {
            number(time.getDayOfMonth(), count);
        } else {
            text.append(time.getDayOfWeek().getDisplayName(style(count), Locale.ENGLISH));
        }
    }

    private static TextStyle style(int count) {
        return count == SHORT_NAME ? TextStyle.SHORT : TextStyle.FULL;
    }

    private void fraction(int count, boolean isTrimmed) {
        String digits = String.valueOf(time.getNano());
        String all = "0".repeat(NANO_DIGITS - digits.length()) + digits;
        String shown = all.substring(0, Math.min(count, MOST_DECIMALS));
        text.append(isTrimmed ? shown.replaceAll("0+$", "") : shown);
    }

    private void zone(int count) {
        String id = isUtc() ? "+00:00" : time.getOffset().getId();
        String hours = id.substring(0, SHORT_NAME);
        boolean isShort = count == 1 && hours.charAt(1) == '0';
        text.append(count >= SHORT_NAME ? id : isShort ? "" + hours.charAt(0) + hours.charAt(2) : hours);
    }
}
