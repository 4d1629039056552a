package dev.gaze.api.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A JSON number, kept as it was written: {@code 0.80} stays {@code 0.80}, and seeds beyond a {@code long} lose nothing.
 *
 * @param text the number as JSON writes it
 */
public record JsonNumber(String text) implements JsonValue {

    private static final int LARGEST_EXPONENT = 10_000;

    /** Checks that the text is a JSON number, and none that would fill the memory when it is written out. */
    public JsonNumber {
        int scale;
        try {
            scale = new BigDecimal(text).scale();
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + text + "' is no JSON number, or far beyond all measure");
        }
        if (scale > LARGEST_EXPONENT || scale < -LARGEST_EXPONENT) {
            throw new IllegalArgumentException("The number '" + text + "' is beyond all measure");
        }
    }

    /**
     * The JSON number of a Java one.
     *
     * @param number a finite number
     * @return whole doubles without a fraction ({@code 5}), others in their shortest form
     */
    public static JsonNumber of(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("JSON cannot hold the number " + value);
            }
            return new JsonNumber(
                    value == Math.rint(value) && Math.abs(value) < 1e15
                            ? Long.toString((long) value)
                            : new BigDecimal(number.toString()).toPlainString());
        }
        return new JsonNumber(number.toString());
    }

    /**
     * The number as a double.
     *
     * @return the nearest double
     */
    public double asDouble() {
        return Double.parseDouble(text);
    }

    /**
     * Whether this is a whole number, however it is written ({@code 5}, {@code 5.0}, {@code 5e0}).
     *
     * @return true without a fraction
     */
    public boolean isWhole() {
        return new BigDecimal(text).stripTrailingZeros().scale() <= 0;
    }

    /**
     * The number without its fraction, of any size.
     *
     * @return the whole part
     */
    public BigInteger asBigInteger() {
        return new BigDecimal(text).toBigInteger();
    }

    /**
     * The number as an int.
     *
     * @return the whole part
     * @throws ArithmeticException when it does not fit
     */
    public int asInt() {
        return new BigDecimal(text).toBigInteger().intValueExact();
    }

    /** The number as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
