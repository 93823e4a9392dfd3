package dev.gatehouse.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** .NET's standard numeric formats in the invariant culture; others are {@link NumberPattern}s. Stateless. */
final class NumberFormat {
    private static final Pattern STANDARD = Pattern.compile("([A-Za-z])([0-9]{0,3})");
    private static final int USUAL_DECIMALS = 2;
    private static final int USUAL_SCIENTIFIC_DECIMALS = 6;
    private static final int GROUP = 3;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int HEX = 16;
    private static final int BINARY = 2;

    private NumberFormat() {}

    static String format(BigDecimal number, String format, Arguments arguments, int index) {
        Matcher standard = STANDARD.matcher(format);
        if (format.isEmpty()) {
            return number.toPlainString();
        }
        if (!standard.matches()) {
            return NumberPattern.format(number, format);
        }
        int digits = standard.group(2).isEmpty() ? -1 : Integer.parseInt(standard.group(2));
        char letter = standard.group(1).charAt(0);
        return switch (Character.toUpperCase(letter)) {
            case 'D' -> integer(whole(number, format, arguments, index), digits);
            case 'X' -> based(whole(number, format, arguments, index), HEX, digits, letter == 'X');
            case 'B' -> based(whole(number, format, arguments, index), BINARY, digits, false);
            case 'F' -> fixed(number, or(digits, USUAL_DECIMALS));
            case 'N' -> grouped(fixed(number, or(digits, USUAL_DECIMALS)));
            case 'P' -> grouped(fixed(number.multiply(HUNDRED), or(digits, USUAL_DECIMALS))) + " %";
            case 'C' -> currency(number, or(digits, USUAL_DECIMALS));
            case 'E' -> scientific(number, or(digits, USUAL_SCIENTIFIC_DECIMALS), letter);
            case 'G', 'R' -> number.stripTrailingZeros().toPlainString();
            default -> throw unknown(format, arguments, index);
        };
    }

    private static int or(int digits, int usual) {
        return digits < 0 ? usual : digits;
    }

    private static EvaluationException unknown(String format, Arguments arguments, int index) {
        return arguments.fault(
                index,
                "a number has no format \"" + format + "\".",
                "Use D, X, F, N, P, E, G, or a pattern such as 000.");
    }

    private static long whole(BigDecimal number, String format, Arguments arguments, int index) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw arguments.fault(
                    index, "the format \"" + format + "\" is for whole numbers only.", "Use F or N for fractions.");
        }
    }

    private static String integer(long number, int digits) {
        String plain = BigInteger.valueOf(number).abs().toString();
        return (number < 0 ? "-" : "") + padded(plain, digits);
    }

    private static String based(long number, int base, int digits, boolean isUpper) {
        String plain = base == HEX ? Long.toHexString(number) : Long.toBinaryString(number);
        return padded(isUpper ? plain.toUpperCase(Locale.ROOT) : plain, digits);
    }

    private static String padded(String plain, int digits) {
        return "0".repeat(Math.max(0, digits - plain.length())) + plain;
    }

    private static String fixed(BigDecimal number, int decimals) {
        return number.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    /** In the invariant culture the sign is a placeholder, and parentheses mean below zero. */
    private static String currency(BigDecimal number, int decimals) {
        String amount = "¤" + grouped(fixed(number.abs(), decimals));
        return number.signum() < 0 ? "(" + amount + ")" : amount;
    }

    private static String scientific(BigDecimal number, int decimals, char letter) {
        String mantissa = number.unscaledValue().abs().toString();
        int exponent = number.signum() == 0 ? 0 : mantissa.length() - 1 - number.scale();
        BigDecimal scaled = number.movePointLeft(exponent).setScale(decimals, RoundingMode.HALF_UP);
        if (scaled.abs().compareTo(BigDecimal.TEN) >= 0) {
            exponent++;
            scaled = scaled.movePointLeft(1).setScale(decimals, RoundingMode.HALF_UP);
        }
        String sign = exponent < 0 ? "-" : "+";
        return scaled.toPlainString() + letter + sign + padded(String.valueOf(Math.abs(exponent)), GROUP);
    }

    /** With a comma between thousands. */
    static String grouped(String plain) {
        int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
        int first = plain.startsWith("-") ? 1 : 0;
        StringBuilder grouped = new StringBuilder(plain);
        for (int at = point - GROUP; at > first; at -= GROUP) {
            grouped.insert(at, ',');
        }
        return grouped.toString();
    }
}
