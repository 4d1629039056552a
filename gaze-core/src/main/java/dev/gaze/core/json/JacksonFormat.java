package dev.gaze.core.json;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonFormat;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Reads and writes {@link JsonValue}s. Numbers keep the text they were written with. Safe for use by several threads. */
public final class JacksonFormat implements JsonFormat {
    private static final int LONGEST_NUMBER = 1_000;

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    /** Made by ServiceLoader. */
    public JacksonFormat() {}

    @Override
    public JsonValue read(byte[] bytes, JsonLimits limits) {
        if (bytes.length > limits.maxBytes()) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("JSON of %d bytes is larger than the limit of %d bytes"
                            .formatted(bytes.length, limits.maxBytes())));
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new GazeException(
                        Kind.INVALID,
                        Problem.of("The JSON is empty; expected a value").at("1:1"));
            }
            JsonValue value = value(parser, first, limits.maxDepth());
            if (parser.nextToken() != null) {
                throw new GazeException(
                        Kind.INVALID,
                        Problem.of("Something follows the end of the JSON value; remove it")
                                .at(place(parser.currentTokenLocation())));
            }
            return value;
        } catch (StreamConstraintsException beyond) {
            throw failed(Kind.REFUSED, beyond);
        } catch (JacksonException broken) {
            throw failed(Kind.INVALID, broken);
        }
    }

    private JsonValue value(JsonParser parser, JsonToken token, int depthLeft) {
        return switch (token) {
            case START_OBJECT -> object(parser, deeper(parser, depthLeft));
            case START_ARRAY -> array(parser, deeper(parser, depthLeft));
            case VALUE_STRING -> new JsonText(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("No JSON value starts with " + token);
        };
    }

    private static JsonNumber number(JsonParser parser) {
        try {
            return new JsonNumber(parser.getString());
        } catch (IllegalArgumentException odd) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of(String.valueOf(odd.getMessage())).at(place(parser.currentTokenLocation())));
        }
    }

    private static int deeper(JsonParser parser, int depthLeft) {
        if (depthLeft == 0) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("The JSON nests deeper than the limit allows").at(place(parser.currentTokenLocation())));
        }
        return depthLeft - 1;
    }

    private JsonObject object(JsonParser parser, int depthLeft) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            members.put(key, value(parser, parser.nextToken(), depthLeft));
        }
        return new JsonObject(members);
    }

    private JsonArray array(JsonParser parser, int depthLeft) {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token, depthLeft));
        }
        return new JsonArray(items);
    }

    @Override
    public byte[] write(JsonValue value, boolean pretty) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        ObjectWriteContext context = pretty ? new PrettyContext() : ObjectWriteContext.empty();
        try (JsonGenerator generator = factory.createGenerator(context, bytes)) {
            write(value, generator);
        }
        if (pretty) {
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a value among others.
     *
     * @param value what
     * @param generator where to
     */
    public static void write(JsonValue value, JsonGenerator generator) {
        if (value instanceof JsonObject object) {
            generator.writeStartObject();
            object.members().forEach((key, member) -> {
                generator.writeName(key);
                write(member, generator);
            });
            generator.writeEndObject();
        } else if (value instanceof JsonArray array) {
            generator.writeStartArray();
            array.items().forEach(item -> write(item, generator));
            generator.writeEndArray();
        } else if (value instanceof JsonText text) {
            generator.writeString(text.value());
        } else if (value instanceof JsonNumber number) {
            generator.writeNumber(number.text());
        } else if (value instanceof JsonBoolean truth) {
            generator.writeBoolean(truth.value());
        } else {
            generator.writeNull();
        }
    }

    @Override
    public OptionalInt line(byte[] bytes, List<String> path) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes)) {
            JsonToken token = parser.nextToken();
            for (String step : path) {
                token = enter(parser, token, step);
                if (token == null) {
                    return OptionalInt.empty();
                }
            }
            return token == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(parser.currentTokenLocation().getLineNr());
        } catch (JacksonException broken) {
            return OptionalInt.empty();
        }
    }

    /** Moves to the member or item named {@code step}; null when there is none. */
    private static @Nullable JsonToken enter(JsonParser parser, @Nullable JsonToken token, String step) {
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = step.equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (found) {
                    return value;
                }
                parser.skipChildren();
            }
        } else if (token == JsonToken.START_ARRAY) {
            int index = 0;
            for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
                if (step.equals(String.valueOf(index++))) {
                    return item;
                }
                parser.skipChildren();
            }
        }
        return null;
    }

    private static GazeException failed(Kind kind, JacksonException broken) {
        return new GazeException(
                kind,
                null,
                List.of(Problem.of("This is no JSON: " + said(broken)).at(place(broken.getLocation()))),
                broken);
    }

    /** What Jackson says, without its second place, which is blacked out. */
    private static String said(JacksonException broken) {
        String message = broken.getOriginalMessage();
        int second = message.indexOf(" (start marker at ");
        return second < 0 ? message : message.substring(0, second);
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "1:1" : location.getLineNr() + ":" + location.getColumnNr();
    }

    /** Two blanks a level, lists one item a line, {@code "key": value}, line feeds on every system. */
    private static final class PrettyContext extends ObjectWriteContext.Base {
        @Override
        public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""));
            printer.indentObjectsWith(indenter);
            printer.indentArraysWith(indenter);
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
