package dev.gaze.core.ledger;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.core.json.JacksonFormat;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Public records as JSON, by the names of their components: what GAZE's values are made of, and nothing else. A
 * component that was added later reads as nothing (null, an empty list, zero) from what was written before, and members
 * nobody knows any more are passed over, so that old rows stay readable. JSON inside a value stays as it is, number text
 * included.
 */
public final class RecordJson {
    /** What we have written ourselves; larger than any file of a library. */
    private static final JsonLimits LIMITS = new JsonLimits(256_000_000, 500);

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private static final JsonFactory FACTORY = new JsonFactory();

    private RecordJson() {}

    private record Shape(RecordComponent[] components, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            if (components == null) {
                throw new IllegalArgumentException(type + " is no record, and cannot be kept as JSON");
            }
            try {
                return new Shape(
                        components,
                        type.getConstructor(Arrays.stream(components)
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new)));
            } catch (NoSuchMethodException impossible) {
                throw new IllegalArgumentException(type + " is not public, and cannot be kept as JSON", impossible);
            }
        }
    }

    /**
     * Writes a record.
     *
     * @param value the record
     * @return compact JSON
     */
    public static String write(Record value) {
        return text(value);
    }

    /**
     * A record as it would be written.
     *
     * @param value the record
     * @return its components
     */
    public static JsonObject object(Record value) {
        return (JsonObject) parse(text(value));
    }

    /**
     * Writes a list of records.
     *
     * @param values the records
     * @return compact JSON
     */
    public static String write(List<? extends Record> values) {
        return text(values);
    }

    /**
     * Reads a record.
     *
     * @param json as {@link #write(Record)} wrote it, by this version or an older one
     * @param type of the record
     * @return the record
     * @throws IllegalArgumentException when it is something else
     */
    public static <T> T read(String json, Class<T> type) {
        return type.cast(value(parse(json), type));
    }

    /**
     * Reads a list of records.
     *
     * @param json as {@link #write(List)} wrote it
     * @param type of each
     * @return the records
     * @throws IllegalArgumentException when it is something else
     */
    public static <T> List<T> readList(String json, Class<T> type) {
        List<T> values = new ArrayList<>();
        for (JsonValue item : ((JsonArray) parse(json)).items()) {
            values.add(type.cast(value(item, type)));
        }
        return values;
    }

    private static JsonValue parse(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), LIMITS);
    }

    // Writing --------------------------------------------------------------------------------------------------------

    /** Without a tree of {@link JsonValue}s in between: whoever hands a job in waits for this. */
    private static String text(Object value) {
        // as bytes first: half a character is escaped then, so that both databases can keep it
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(value, generator);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(@Nullable Object value, JsonGenerator generator) {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof JsonValue json) {
            JacksonFormat.write(json, generator);
        } else if (value instanceof Enum<?> constant) {
            generator.writeString(constant.name());
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Number number) {
            generator.writeNumber(JsonNumber.of(number).text());
        } else if (value instanceof List<?> || value instanceof Set<?>) {
            generator.writeStartArray();
            ((Iterable<?>) value).forEach(item -> write(item, generator));
            generator.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            map.forEach((key, item) -> {
                generator.writeName(key instanceof Enum<?> constant ? constant.name() : key.toString());
                write(item, generator);
            });
            generator.writeEndObject();
        } else if (value instanceof Record record) {
            members(record, generator);
        } else if (value instanceof String
                || value instanceof UUID
                || value instanceof Instant
                || value instanceof Duration) {
            generator.writeString(value.toString());
        } else {
            throw new IllegalArgumentException(value.getClass() + " cannot be kept as JSON");
        }
    }

    private static void members(Record value, JsonGenerator generator) {
        generator.writeStartObject();
        for (RecordComponent component : SHAPES.get(value.getClass()).components) {
            try {
                Object part = component.getAccessor().invoke(value);
                if (part != null) {
                    generator.writeName(component.getName());
                    write(part, generator);
                }
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        generator.writeEndObject();
    }

    // Reading --------------------------------------------------------------------------------------------------------

    private static @Nullable Object value(@Nullable JsonValue json, Type type) {
        if (type instanceof ParameterizedType generic) {
            return collection(json, generic);
        }
        Class<?> plain = (Class<?>) type;
        if (JsonValue.class.isAssignableFrom(plain)) {
            return json;
        }
        if (json == null || json == JsonNull.NULL) {
            return nothing(plain);
        }
        if (plain.isRecord()) {
            return record((JsonObject) json, plain);
        }
        if (json instanceof JsonNumber number) {
            return number(number, plain);
        }
        return json instanceof JsonBoolean bool ? bool.value() : text(((JsonText) json).value(), plain);
    }

    private static Object collection(@Nullable JsonValue json, ParameterizedType type) {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            if (json instanceof JsonObject object) {
                object.members().forEach((key, item) -> map.put(text(key, (Class<?>) of[0]), value(item, of[1])));
            }
            return map;
        }
        List<Object> items = new ArrayList<>();
        if (json instanceof JsonArray array) {
            array.items().forEach(item -> items.add(value(item, of[0])));
        }
        return type.getRawType() == Set.class ? new LinkedHashSet<>(items) : items;
    }

    private static Object record(JsonObject json, Class<?> type) {
        Shape shape = SHAPES.get(type);
        Object[] parts = new Object[shape.components.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] =
                    value(json.get(shape.components[i].getName()).orElse(null), shape.components[i].getGenericType());
        }
        try {
            return shape.constructor.newInstance(parts);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == int.class) {
            return 0;
        } else if (type == long.class) {
            return 0L;
        } else if (type == double.class) {
            return 0.0;
        } else if (type == boolean.class) {
            return false;
        }
        return null;
    }

    private static Object number(JsonNumber number, Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return number.asInt();
        }
        if (type == long.class || type == Long.class) {
            return number.asBigInteger().longValueExact();
        }
        return number.asDouble();
    }

    private static Object text(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        } else if (type == UUID.class) {
            return UUID.fromString(text);
        } else if (type == Instant.class) {
            return Instant.parse(text);
        } else if (type == Duration.class) {
            return Duration.parse(text);
        }
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'%s' is no %s".formatted(text, type.getSimpleName()));
    }
}
