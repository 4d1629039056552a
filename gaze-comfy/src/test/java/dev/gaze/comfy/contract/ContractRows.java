package dev.gaze.comfy.contract;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

/** A server for each row, and words the rows share. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class ContractRows {
    protected Target target;
    protected RawComfy http;
    protected final String client = "row-" + UUID.randomUUID();

    /** Which server. */
    protected abstract Target open();

    @BeforeEach
    void openServer() {
        target = open();
        http = target.http;
    }

    @AfterEach
    void closeServer() {
        target.close();
    }

    static List<String> briefs(List<RawSocket.Frame> frames, String... without) {
        return frames.stream()
                .map(RawSocket.Frame::brief)
                .filter(brief -> !List.of(without).contains(brief))
                .toList();
    }

    List<RawSocket.Frame> frames(JsonObject graph) {
        try (RawSocket socket = http.socket(client)) {
            return socket.untilEnd(http.submit(graph, client));
        }
    }

    static RawSocket.Frame first(List<RawSocket.Frame> frames, String type) {
        return frames.stream()
                .filter(frame -> frame.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    static List<JsonValue> list(JsonObject object, String... path) {
        return object.at(path).map(value -> ((JsonArray) value).items()).orElse(List.of());
    }

    static List<String> texts(JsonObject object, String... path) {
        return list(object, path).stream().map(ContractRows::text).toList();
    }

    static String text(JsonValue value) {
        return value instanceof JsonText text ? text.value() : value.toString();
    }

    /** The types of a node's errors in an answer to a prompt. */
    static List<String> errors(Reply reply, String node) {
        return list(reply.object(), "node_errors", node, "errors").stream()
                .map(error -> ((JsonObject) error).text("type").orElse(""))
                .toList();
    }

    static JsonObject firstError(Reply reply, String node) {
        return (JsonObject) list(reply.object(), "node_errors", node, "errors").get(0);
    }

    /** The prompt ids of one of the lists of {@code /queue}. */
    List<String> queued(String which) {
        return list(http.get("/queue").object(), which).stream()
                .map(item -> text(((JsonArray) item).items().get(1)))
                .toList();
    }

    /** The first image a node left in a history entry. */
    static JsonObject image(JsonObject entry, String node) {
        return (JsonObject) list(entry, "outputs", node, "images").get(0);
    }

    /** Where an image can be fetched. */
    static String view(JsonObject image) {
        return "/view?filename=" + image.text("filename").orElse("") + "&subfolder="
                + image.text("subfolder").orElse("") + "&type="
                + image.text("type").orElse("");
    }
}
