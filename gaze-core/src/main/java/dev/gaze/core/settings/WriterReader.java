package dev.gaze.core.settings;

import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.writer.RateLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {rateLimit, cached, longest}}; the rate limit is true, false or {@code {minute, hour, day}}.
 *
 * @param findings gets what is wrong
 */
record WriterReader(Findings findings) {
    static final String WRITER = "writer";
    private static final String RATE_LIMIT = "rateLimit";
    private static final int MOST = 100_000;

    WriterSettings read(@Nullable JsonValue given) {
        WriterSettings usual = WriterSettings.DEFAULT;
        if (given == null) {
            return usual;
        }
        if (!(given instanceof JsonObject writer)) {
            findings.problem(
                    List.of(WRITER), "'%s' is %s; expected an object".formatted(WRITER, given.describe()), null);
            return usual;
        }
        return new WriterSettings(
                rateLimit(writer.get(RATE_LIMIT).orElse(null)),
                whole(writer, List.of(WRITER, "cached"), 0, usual.cached()),
                whole(writer, List.of(WRITER, "longest"), 1, usual.longest()));
    }

    private @Nullable RateLimit rateLimit(@Nullable JsonValue given) {
        if (given == null) {
            return null;
        }
        if (given instanceof JsonBoolean wanted) {
            return wanted.value() ? RateLimit.USUAL : null;
        }
        if (given instanceof JsonObject windows) {
            RateLimit usual = RateLimit.USUAL;
            return new RateLimit(
                    whole(windows, List.of(WRITER, RATE_LIMIT, "minute"), 1, usual.aMinute()),
                    whole(windows, List.of(WRITER, RATE_LIMIT, "hour"), 1, usual.anHour()),
                    whole(windows, List.of(WRITER, RATE_LIMIT, "day"), 1, usual.aDay()));
        }
        findings.problem(
                List.of(WRITER, RATE_LIMIT),
                "'%s.%s' is %s; expected true, false or {minute, hour, day}"
                        .formatted(WRITER, RATE_LIMIT, given.describe()),
                null);
        return null;
    }

    private int whole(JsonObject object, List<String> path, int least, int usual) {
        JsonValue value = object.get(path.get(path.size() - 1)).orElse(null);
        if (value == null) {
            return usual;
        }
        if (value instanceof JsonNumber number
                && number.isWhole()
                && number.asBigInteger().bitLength() < Integer.SIZE
                && number.asBigInteger().intValue() >= least
                && number.asBigInteger().intValue() <= MOST) {
            return number.asBigInteger().intValue();
        }
        findings.problem(
                path,
                "'%s' is %s; expected a whole number from %d to %d"
                        .formatted(String.join(".", path), value.describe(), least, MOST),
                null);
        return usual;
    }
}
