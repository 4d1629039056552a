package dev.gaze.llm.schema;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds objects against JSON Schemas (2020-12), and remembers the schemas. Safe for use by several threads. */
public final class SchemaCheck {
    private static final int REMEMBERED = 200;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonObject, Schema> schemas = new ConcurrentHashMap<>();

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
     * @return what does not; empty when it fits
     */
    public List<Misfit> misfits(JsonObject schema, JsonObject object) {
        return schema(schema).validate(text(object), InputFormat.JSON).stream()
                .map(error -> new Misfit(error.getInstanceLocation().toString(), error.getMessage()))
                .toList();
    }

    private Schema schema(JsonObject schema) {
        if (schemas.size() > REMEMBERED) { // tools whose schemas change at every call would fill the memory
            schemas.clear();
        }
        return schemas.computeIfAbsent(schema, given -> registry.getSchema(text(given), InputFormat.JSON));
    }

    private static String text(JsonObject object) {
        return new String(Json.compact(object), StandardCharsets.UTF_8);
    }
}
