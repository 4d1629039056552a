package dev.gaze.llm.mcp;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.llm.tool.LibraryTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs in a JVM of its own: offers the library named by the first argument, two tools that misbehave, and one that lists
 * variables. With a second argument it says that first, on the output that belongs to messages, and closes the other one.
 */
public final class LibraryServer {
    private LibraryServer() {}

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            System.out.println(arguments[1] + "\n");
            System.err.close();
        }
        try (Gaze gaze = Gaze.open(Path.of(arguments[0]))) {
            List<ChatTool> tools = new ArrayList<>(LibraryTools.of(gaze));
            tools.add(new Misbehaving("die"));
            tools.add(new Misbehaving("sleep"));
            tools.add(new Variables());
            ToolServing.serve(tools, System.in, System.out);
        }
    }

    private record Misbehaving(String id) implements ChatTool {
        @Override
        public String description() {
            return "Does harm to its own process only.";
        }

        @Override
        public JsonObject parameters() {
            return Json.object("{\"type\":\"object\"}");
        }

        @Override
        public JsonValue run(JsonObject arguments) throws InterruptedException {
            if (id.equals("die")) {
                Runtime.getRuntime().halt(3);
            }
            new CountDownLatch(1).await(); // nobody ever opens it
            return new JsonText("awake");
        }
    }

    /** Says which variables its process was given. */
    private record Variables() implements ChatTool {
        @Override
        public String id() {
            return "variables";
        }

        @Override
        public String description() {
            return "Lists the variables of its process.";
        }

        @Override
        public JsonObject parameters() {
            return Json.object("{\"type\":\"object\"}");
        }

        @Override
        public JsonValue run(JsonObject arguments) {
            return JsonObject.of("names", List.copyOf(System.getenv().keySet()));
        }
    }
}
