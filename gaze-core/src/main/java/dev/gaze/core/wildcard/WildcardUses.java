package dev.gaze.core.wildcard;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.core.file.DurableFile;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many pictures each wildcard had a part in (D18): kept in {@code .state/uses.json} of the first root, which may be
 * deleted at any time. What is counted is added to the file on closing, so several processes may count at once. A statistic
 * that is lost does no harm: what goes wrong with the file is logged, and counting begins anew. Safe for use by several
 * threads.
 */
public final class WildcardUses implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WildcardUses.class.getName());
    private static final long MOST = 1L << 53; // what any reader of JSON can hold

    private final Path file;
    private final Map<String, Long> counted = new TreeMap<>();

    /**
     * The uses of a library's wildcards.
     *
     * @param library knows where they are kept
     */
    public WildcardUses(WildcardLibrary library) {
        file = library.roots().get(0).resolve(".state/uses.json");
    }

    /**
     * Counts one use of each.
     *
     * @param wildcards the lists that a picture used
     */
    public synchronized void count(Collection<String> wildcards) {
        wildcards.forEach(wildcard -> counted.merge(wildcard, 1L, Long::sum));
    }

    /** How often each was used; those that never were are not in it. */
    synchronized Map<String, Long> all() {
        Map<String, Long> all = kept();
        counted.forEach((wildcard, uses) -> all.merge(wildcard, uses, WildcardUses::sum));
        return all;
    }

    private static long sum(long one, long other) {
        return Math.min(MOST, one + other);
    }

    private Map<String, Long> kept() {
        Map<String, Long> kept = new TreeMap<>();
        if (Files.isRegularFile(file)) {
            try {
                JsonObject json = Json.object(DurableFile.read(file, JsonLimits.FILE.maxBytes()), JsonLimits.FILE);
                json.members().forEach((wildcard, uses) -> {
                    long number = uses instanceof JsonNumber count ? (long) count.asDouble() : 0;
                    kept.put(wildcard, Math.max(0, Math.min(MOST, number)));
                });
            } catch (GazeException broken) {
                LOG.log(Level.WARNING, "Uses of wildcards are counted anew: " + broken.getMessage());
            }
        }
        return kept;
    }

    /** Adds what was counted to the file. */
    @Override
    public synchronized void close() {
        if (!counted.isEmpty()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            all().forEach((wildcard, uses) -> members.put(wildcard, JsonNumber.of(uses)));
            try {
                DurableFile.write(file, Json.pretty(new JsonObject(members)));
                counted.clear();
            } catch (GazeException failed) {
                LOG.log(Level.WARNING, "Uses of wildcards were not kept: " + failed.getMessage());
            }
        }
    }
}
