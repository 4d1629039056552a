package dev.gaze.core.wildcard;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML 1.2 as the tree JSON is read as. Made from events with a stack of its own: depth is limited, tags make nothing,
 * and an alias is the very value it names, so that aliases of aliases cost nothing. Keys that are no text are left out.
 */
final class YamlText {
    private static final int DEEPEST = 100;

    private final LoadSettings settings;
    private final Map<Anchor, JsonValue> anchors = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable JsonValue root;

    private YamlText(int longest) {
        settings = LoadSettings.builder().setCodePointLimit(longest).build();
    }

    /** A list or object that is being read. */
    private static final class Open {
        final @Nullable Anchor anchor;
        final @Nullable List<JsonValue> items;
        final @Nullable Map<String, JsonValue> members;
        boolean keyNext = true;

        @Nullable
        String key;

        Open(@Nullable Anchor anchor, boolean list) {
            this.anchor = anchor;
            items = list ? new ArrayList<>() : null;
            members = list ? null : new LinkedHashMap<>();
        }

        JsonValue value() {
            return items != null ? new JsonArray(items) : new JsonObject(members == null ? Map.of() : members);
        }
    }

    /**
     * Reads a text.
     *
     * @param text the YAML
     * @param longest how many characters are accepted
     * @return the first document; null when there is none
     * @throws GazeException {@code INVALID} when it is no YAML, at {@code line:column}
     */
    static @Nullable JsonValue read(String text, int longest) {
        return new YamlText(longest).document(text);
    }

    private @Nullable JsonValue document(String text) {
        try {
            ParserImpl events = new ParserImpl(settings, new StreamReader(settings, text));
            while (events.hasNext()) {
                Event event = events.next();
                switch (event.getEventId()) {
                    case SequenceStart -> start((NodeEvent) event, true);
                    case MappingStart -> start((NodeEvent) event, false);
                    case SequenceEnd, MappingEnd -> end(event);
                    case Scalar -> scalar((ScalarEvent) event);
                    case Alias -> alias((AliasEvent) event);
                    case DocumentEnd -> {
                        return root;
                    }
                    default -> {}
                }
            }
            return root;
        } catch (MarkedYamlEngineException broken) {
            throw wrong("This is no YAML: " + broken.getProblem(), broken.getProblemMark(), broken);
        } catch (YamlEngineException broken) {
            throw wrong("This is no YAML: " + broken.getMessage(), Optional.empty(), broken);
        }
    }

    private void start(NodeEvent event, boolean list) {
        if (open.size() == DEEPEST) {
            throw wrong("The YAML nests deeper than %d levels".formatted(DEEPEST), event.getStartMark(), null);
        }
        open.push(new Open(event.getAnchor().orElse(null), list));
    }

    private void end(Event event) {
        Open ended = open.pop();
        put(ended.value(), ended.anchor, event, null);
    }

    private void scalar(ScalarEvent event) {
        String text = event.getValue();
        Tag tag = event.getTag().isPresent() || !event.isPlain()
                ? Tag.STR
                : settings.getSchema().getScalarResolver().resolve(text, true);
        put(scalar(text, tag), event.getAnchor().orElse(null), event, tag.equals(Tag.STR) ? text : null);
    }

    private static JsonValue scalar(String text, Tag tag) {
        if (tag.equals(Tag.NULL)) {
            return JsonNull.NULL;
        } else if (tag.equals(Tag.BOOL)) {
            return text.startsWith("t") || text.startsWith("T") ? JsonBoolean.TRUE : JsonBoolean.FALSE;
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            try {
                return new JsonNumber(text);
            } catch (IllegalArgumentException anotherSpelling) {
                return new JsonText(text); // such as .inf, which as words is what it says
            }
        }
        return new JsonText(text);
    }

    private void alias(AliasEvent event) {
        JsonValue value = anchors.get(event.getAlias());
        if (value == null) {
            throw wrong(
                    "Alias '*%s' names nothing that ends in front of it".formatted(event.getAlias()),
                    event.getStartMark(),
                    null);
        }
        put(value, null, event, value instanceof JsonText text ? text.value() : null);
    }

    /** Puts a value where it belongs; {@code key} is its text when it may be a key. */
    private void put(JsonValue value, @Nullable Anchor anchor, Event event, @Nullable String key) {
        if (anchor != null) {
            anchors.put(anchor, value);
        }
        Open parent = open.peek();
        if (parent == null) {
            root = value;
        } else if (parent.items != null) {
            parent.items.add(value);
        } else if (parent.keyNext) {
            if (key != null && parent.members != null && parent.members.containsKey(key)) {
                throw wrong("Key '%s' stands twice".formatted(key), event.getStartMark(), null);
            }
            parent.key = key;
            parent.keyNext = false;
        } else {
            if (parent.key != null && parent.members != null) {
                parent.members.put(parent.key, value);
            }
            parent.keyNext = true;
        }
    }

    private static GazeException wrong(String what, Optional<Mark> place, @Nullable Throwable cause) {
        String where = place.map(mark -> (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                .orElse(null);
        return new GazeException(
                Kind.INVALID,
                null,
                List.of(Problem.of(what).at(where).fix("texts that hold { } [ ] : # or a quote stand in quotes")),
                cause);
    }
}
