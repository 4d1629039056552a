package dev.gaze.core.prompt;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The number behind the last colon of a group, such as the {@code 1.2} of {@code (smile:1.2)}. */
final class Weight {
    private static final double LARGEST_ROUNDED = 1_000_000;

    private Weight() {}

    /** Whether the stretch is a decimal number; blanks around it, a sign and an exponent are allowed. */
    static boolean isNumber(String text, int from, int to) {
        int at = from;
        int end = to;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        while (end > at && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        at = sign(text, at, end);
        int whole = digits(text, at, end);
        int next = at + whole;
        int fraction = 0;
        if (next < end && text.charAt(next) == '.') {
            fraction = digits(text, next + 1, end);
            next += 1 + fraction;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (next < end && (text.charAt(next) == 'e' || text.charAt(next) == 'E')) {
            int exponent = sign(text, next + 1, end);
            int length = digits(text, exponent, end);
            return length > 0 && exponent + length == end;
        }
        return next == end;
    }

    /** The number with at most two decimals and no trailing zeros. Immense ones stay as they are written. */
    static String written(String number) {
        String text = number.strip();
        double value = Double.parseDouble(text);
        if (Math.abs(value) >= LARGEST_ROUNDED) {
            return text;
        }
        if (Math.abs(value) < 0.005) { // also keeps BigDecimal away from exponents like 1e-999999999
            return "0";
        }
        return new BigDecimal(text)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static int sign(String text, int at, int end) {
        return at < end && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
    }

    private static int digits(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }
}
