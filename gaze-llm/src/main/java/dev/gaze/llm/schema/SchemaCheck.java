package dev.gaze.llm.schema;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds objects against JSON Schemas (2020-12), and remembers the schemas. Strangers write them: nothing that one refers
 * to is fetched, and one that cannot be used is told in the log once, after which everything fits it. Safe for use by
 * several threads.
 */
public final class SchemaCheck {
    private static final System.Logger LOG = System.getLogger(SchemaCheck.class.getName());
    private static final int REMEMBERED = 200;
    private static final int TOLD = 200;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonObject, Optional<Schema>> schemas = new ConcurrentHashMap<>();

    /**
     * Something that does not fit.
     *
     * @param place where, as {@code /identity/hair}; empty for the whole object
     * @param what what is wrong with it
     */
    public record Misfit(String place, String what) {}

    /** Remembers nothing yet. */
    public SchemaCheck() {}

    /**
     * Holds an object against a schema.
     *
     * @param schema the schema
     * @param object what should fit it
     * @return what does not; empty when it fits, or the schema cannot be used; an object that cannot
     *     be checked does not fit
     */
    public List<Misfit> misfits(JsonObject schema, JsonObject object) {
        Optional<Schema> known;
        try {
            known = read(schema);
            known.ifPresent(Schema::initializeValidators);
        } catch (RuntimeException | StackOverflowError unusable) { // the library's many
            return unusable(schema, unusable);
        }
        return known.map(usable -> misfits(schema, usable, object)).orElse(List.of());
    }

    private List<Misfit> misfits(JsonObject schema, Schema usable, JsonObject object) {
        try {
            return misfits(usable, object);
        } catch (RuntimeException | StackOverflowError beyond) { // such as a pattern that recurses with every letter
            try {
                misfits(usable, JsonObject.empty());
            } catch (RuntimeException | StackOverflowError circle) { // not even nothing can be held against it
                return unusable(schema, circle);
            }
            LOG.log(Level.DEBUG, "An object cannot be held against its schema", beyond);
            return List.of(new Misfit("", "cannot be checked: a text or a list in it is too long for its schema"));
        }
    }

    private List<Misfit> unusable(JsonObject schema, Throwable why) {
        schemas.put(schema, Optional.empty());
        LOG.log(Level.WARNING, () -> {
            String text = text(schema);
            return "A JSON Schema cannot be used, so nothing is held against it (%s): %s"
                    .formatted(why, text.substring(0, Math.min(TOLD, text.length())));
        });
        return List.of();
    }

    /**
     * Makes sure that a schema can be used, for whoever would rather know than go on without.
     *
     * @param what whose schema it is, for the message
     * @param schema the schema
     * @throws GazeException {@code INVALID} when it cannot
     */
    public void require(String what, JsonObject schema) {
        try {
            read(schema)
                    .orElseThrow(() -> new IllegalArgumentException("it was tried before"))
                    .initializeValidators();
        } catch (RuntimeException | StackOverflowError unusable) {
            throw new GazeException(
                    Kind.INVALID,
                    null,
                    List.of(Problem.of(
                            "The JSON Schema of %s cannot be used: %s".formatted(what, unusable.getMessage()))),
                    unusable);
        }
    }

    private static List<Misfit> misfits(Schema schema, JsonObject object) {
        return schema.validate(text(object), InputFormat.JSON).stream()
                .map(error -> new Misfit(error.getInstanceLocation().toString(), error.getMessage()))
                .toList();
    }

    private Optional<Schema> read(JsonObject schema) {
        if (schemas.size() > REMEMBERED) { // tools whose schemas change at every call would fill the memory
            schemas.clear();
        }
        return schemas.computeIfAbsent(schema, given -> Optional.of(registry.getSchema(text(given), InputFormat.JSON)));
    }

    private static String text(JsonObject object) {
        return new String(Json.compact(object), StandardCharsets.UTF_8);
    }
}
