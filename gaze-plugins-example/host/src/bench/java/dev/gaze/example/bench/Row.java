package dev.gaze.example.bench;

import dev.gaze.api.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * One line of the table.
 *
 * @param name what is measured, and against what
 * @param value the median of what GAZE took, in milliseconds (or, for throughput, images a second)
 * @param reference the median of what the reference took, in the same unit
 * @param low the lower quartile of the ratios of single pairs
 * @param high the upper quartile of the ratios of single pairs
 * @param target the ratio promised
 * @param atLeast whether the ratio must be at least the target; otherwise at most
 */
record Row(String name, double value, double reference, double low, double high, double target, boolean atLeast) {

    double ratio() {
        return value / reference;
    }

    boolean met() {
        return atLeast ? ratio() >= target : ratio() <= target;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "| %-64s | %10.3f | %10.3f | %8.3f | %8.3f – %-8.3f | %s %-6s | %-3s |",
                name,
                value,
                reference,
                ratio(),
                low,
                high,
                atLeast ? "≥" : "≤",
                target,
                met() ? "yes" : "NO");
    }

    JsonObject json() {
        return JsonObject.of(
                "name",
                name,
                "value",
                value,
                "reference",
                reference,
                "ratio",
                ratio(),
                "spread",
                List.of(low, high),
                "target",
                (atLeast ? ">= " : "<= ") + target,
                "met",
                met());
    }
}
