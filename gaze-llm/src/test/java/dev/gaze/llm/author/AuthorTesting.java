package dev.gaze.llm.author;

import static dev.gaze.api.plugin.Position.after;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.Category;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.llm.stub.StubServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A library with a plugin's category of poses, a list of tags, and a model server that says what it is told to. */
@Timeout(60)
abstract class AuthorTesting {
    static final Category POSE =
            Category.named("pose").folder("poses").section("pose", after("action"), "full_body", "hands");

    @TempDir
    Path folder;

    final StubServer server = new StubServer();
    Gaze gaze;
    Path library;

    @BeforeEach
    void open() throws IOException {
        library = Files.createDirectory(folder.resolve("library"));
        Files.writeString(library.resolve("gaze.json"), """
                {"modelRoots": {"loras": ["../loras"], "checkpoints": ["../checkpoints"]},
                 "tags": "../tags.csv"}
                """);
        Files.writeString(folder.resolve("tags.csv"), """
                sitting,0,900,
                standing,0,800,
                crossed_legs,0,500,legs_crossed
                holding_book,0,300,
                long_hair,0,2000,
                miku_(cat),4,7,
                """);
        gaze = open(POSE);
    }

    Gaze open(Category category) {
        Map<String, String> variables = Map.of("GAZE_LLM_URL", server.url("/v1"), "GAZE_LLM_MODEL", "stub-1");
        return Gaze.builder()
                .library(library)
                .environment(variables::get)
                .plugin(new GazePlugin() {
                    @Override
                    public String id() {
                        return "test.poses";
                    }

                    @Override
                    public List<Extension> extensions() {
                        return List.of(category);
                    }
                })
                .open();
    }

    @AfterEach
    void close() {
        gaze.close();
        server.close();
    }

    /** The next answer of the model. */
    void say(String text) {
        String body = JsonObject.of(
                        "model",
                        "stub-1",
                        "choices",
                        List.of(JsonObject.of(
                                "message",
                                JsonObject.of("role", "assistant", "content", text),
                                "finish_reason",
                                "stop")))
                .toString();
        server.then((asked, wire) -> wire.json(200, body));
    }

    /** A pose as a model answers with it. */
    static String pose(String id, String fullBody, String hands) {
        return JsonObject.of(
                        "pose_id",
                        id,
                        "pose_name",
                        "A Pose",
                        "pose",
                        JsonObject.of("full_body", fullBody, "hands", hands))
                .toString();
    }

    /** What the model was told: role and text of every message of one request. */
    List<String> told(int request) {
        JsonArray messages =
                (JsonArray) server.asked(request).json().get("messages").orElseThrow();
        return messages.items().stream()
                .map(message -> ((JsonObject) message).text("role").orElseThrow() + ": "
                        + ((JsonObject) message).text("content").orElse(""))
                .toList();
    }

    /** A file with nothing but a header. */
    void lora(String name, JsonObject metadata) throws IOException {
        model("loras/" + name, metadata);
    }

    void model(String name, JsonObject metadata) throws IOException {
        byte[] header = Json.compact(JsonObject.of("__metadata__", metadata));
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.array());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
