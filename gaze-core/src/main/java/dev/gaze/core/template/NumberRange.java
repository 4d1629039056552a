package dev.gaze.core.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers at equal distance: {@code {1-3}}, {@code {0.5-1}}, {@code {-1-1:0.25}}.
 *
 * @param first the lowest
 * @param step above 0
 * @param places how many decimals are written
 * @param size how many there are, 1 or more
 */
record NumberRange(BigDecimal first, BigDecimal step, int places, long size) implements Pool {
    private static final String NUMBER = "(?:\\d{1,15}(?:\\.\\d{0,9})?|\\.\\d{1,9})";
    private static final Pattern FORM =
            Pattern.compile("\\{(-?" + NUMBER + ")-(-?" + NUMBER + ")(?::(" + NUMBER + "))?\\}");
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
    /** More cannot be told apart by a draw of 53 bits. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);

    /** What a pattern matched, and where it ends. */
    record Read(NumberRange numbers, int end) {}

    /** The range that is written at a place, up to {@code end}; null when there is none. */
    static @Nullable Read at(String text, int start, int end) {
        Matcher form = FORM.matcher(text).region(start, end);
        if (!form.lookingAt()) {
            return null;
        }
        BigDecimal a = new BigDecimal(form.group(1));
        BigDecimal b = new BigDecimal(form.group(2));
        BigDecimal step = form.group(3) == null ? null : new BigDecimal(form.group(3));
        if (step != null && step.signum() == 0) {
            return null;
        }
        int places = Math.max(Math.max(a.scale(), b.scale()), step == null ? 0 : step.scale());
        if (step == null) {
            step = places == 0 ? BigDecimal.ONE : HUNDREDTH;
            places = places == 0 ? 0 : 2;
        }
        BigDecimal least = a.min(b);
        BigDecimal size = a.max(b)
                .subtract(least)
                .divideToIntegralValue(step)
                .setScale(0, RoundingMode.DOWN)
                .add(BigDecimal.ONE);
        return size.compareTo(MOST) > 0
                ? null
                : new Read(new NumberRange(least, step, places, size.longValueExact()), form.end());
    }

    String text(long index) {
        return first.add(step.multiply(BigDecimal.valueOf(index)))
                .setScale(places, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    @Override
    public boolean uniform() {
        return true;
    }

    @Override
    public double total() {
        return size;
    }

    @Override
    public long at(double point) {
        return Math.min((long) point, size - 1);
    }

    @Override
    public double weight(long index) {
        return 1;
    }

    @Override
    public Entry entry(long index) {
        return Entry.option(new Node.Text(text(index)), 1);
    }
}
