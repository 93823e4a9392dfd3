package dev.gatehouse.template;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * .NET's custom numeric formats: 0 and # for digits, point, thousands and scaling commas, percent, quoted text, up to
 * three sections. Confined to one call.
 */
final class NumberPattern {
    private static final int GROUP = 3;
    private static final int SECTIONS = 3;

    private final String pattern;
    private final StringBuilder text = new StringBuilder();
    private final String whole;
    private final String fraction;
    private final int placesBefore;
    private final boolean isGrouped;
    private int seenBefore;
    private int seenAfter;
    private boolean isBehindPoint;
    private boolean hasStarted;

    private NumberPattern(BigDecimal number, String pattern) {
        this.pattern = pattern;
        String places = onlyPlaces(pattern);
        int point = places.indexOf('.') < 0 ? places.length() : places.indexOf('.');
        String before = places.substring(0, point);
        int scaling = before.length() - before.replaceAll(",+$", "").length();
        BigDecimal scaled = number.movePointLeft(scaling * GROUP).movePointRight(places.contains("%") ? 2 : 0);
        int decimals = (int)
                places.substring(point).chars().filter(NumberPattern::isPlace).count();
        String plain = scaled.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
        int plainPoint = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
        this.whole = plain.substring(0, plainPoint).equals("0") ? "" : plain.substring(0, plainPoint);
        this.fraction = plain.substring(Math.min(plain.length(), plainPoint + 1));
        this.placesBefore = (int) before.chars().filter(NumberPattern::isPlace).count();
        this.isGrouped = before.replaceAll(",+$", "").contains(",") && placesBefore > 0;
    }

    static String format(BigDecimal number, String format) {
        String[] sections = format.split(";", SECTIONS);
        if (sections.length > 2 && number.signum() == 0) {
            return new NumberPattern(number, sections[2]).text();
        }
        boolean hasNegative = sections.length > 1 && !sections[1].isEmpty();
        if (number.signum() < 0 && hasNegative) {
            return new NumberPattern(number.abs(), sections[1]).text();
        }
        return (number.signum() < 0 ? "-" : "") + new NumberPattern(number.abs(), sections[0]).text();
    }

    private static boolean isPlace(int c) {
        return c == '0' || c == '#';
    }

    private static String onlyPlaces(String pattern) {
        StringBuilder places = new StringBuilder();
        for (int at = 0; at < pattern.length(); at = afterLiteral(pattern, at)) {
            char c = pattern.charAt(at);
            if (isPlace(c) || c == '.' || c == ',' || c == '%') {
                places.append(c);
            }
        }
        return places.toString();
    }

    /** The index behind a character, an escaped one or a quoted text. */
    private static int afterLiteral(String pattern, int at) {
        char c = pattern.charAt(at);
        if (c == '\\') {
            return Math.min(pattern.length(), at + 2);
        }
        int end = c == '\'' || c == '"' ? pattern.indexOf(c, at + 1) : at;
        return end < 0 ? pattern.length() : end + 1;
    }

    private String text() {
        for (int at = 0; at < pattern.length(); at = afterLiteral(pattern, at)) {
            write(at);
        }
        return text.toString();
    }

    private void write(int at) {
        char c = pattern.charAt(at);
        switch (c) {
            case '0', '#' -> place(c == '0');
            case '.' -> point();
            case ',' -> {}
            case '\\', '\'', '"' -> literal(at);
            default -> text.append(c);
        }
    }

    private void literal(int at) {
        int end = afterLiteral(pattern, at);
        boolean isClosed = pattern.charAt(at) != '\\' && end - 1 > at && pattern.charAt(end - 1) == pattern.charAt(at);
        text.append(pattern, Math.min(at + 1, end), isClosed ? end - 1 : end);
    }

    private void place(boolean isZero) {
        if (isBehindPoint) {
            fractionPlace(isZero);
            return;
        }
        int fromRight = placesBefore - seenBefore;
        seenBefore++;
        // The first place takes all digits that have no place of their own.
        int most = seenBefore == 1 ? Math.max(fromRight, whole.length()) : fromRight;
        for (int position = most; position >= fromRight; position--) {
            digit(position, isZero);
        }
    }

    private void digit(int fromRight, boolean isZero) {
        if (fromRight <= whole.length()) {
            text.append(whole.charAt(whole.length() - fromRight));
        } else if (isZero || hasStarted) {
            text.append('0');
        } else {
            return;
        }
        hasStarted = true;
        if (isGrouped && fromRight > 1 && fromRight % GROUP == 1) {
            text.append(',');
        }
    }

    private void point() {
        boolean isLater = isBehindPoint;
        isBehindPoint = true;
        if (!isLater && placesBefore == 0 && !whole.isEmpty()) {
            text.append(whole);
        }
        if (!isLater && !significantFraction().isEmpty()) {
            text.append('.');
        }
    }

    /** The decimals that are shown: up to the last place that is a zero, or the last digit that is not. */
    private String significantFraction() {
        int lastZero = -1;
        int seen = 0;
        boolean isBehind = false;
        String places = onlyPlaces(pattern);
        for (int i = 0; i < places.length(); i++) {
            isBehind |= places.charAt(i) == '.';
            if (isBehind && isPlace(places.charAt(i))) {
                lastZero = places.charAt(i) == '0' ? seen : lastZero;
                seen++;
            }
        }
        int end = fraction.length();
        while (end > lastZero + 1 && fraction.charAt(end - 1) == '0') {
            end--;
        }
        return fraction.substring(0, end);
    }

    private void fractionPlace(boolean isZero) {
        String shown = significantFraction();
        if (seenAfter < shown.length()) {
            text.append(shown.charAt(seenAfter));
        } else if (isZero) {
            text.append('0');
        }
        seenAfter++;
    }
}
