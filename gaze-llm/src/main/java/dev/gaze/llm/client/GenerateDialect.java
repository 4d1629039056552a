package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ollama's own {@code /api/generate} (P43): the whole conversation as one text (P44), no tools.
 *
 * @param labelledSystem whether the system text begins with {@code System: }
 */
record GenerateDialect(boolean labelledSystem) implements Dialect {

    @Override
    public List<String> path() {
        return List.of("api", "generate");
    }

    @Override
    public JsonObject body(Question question, boolean usageWanted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", question.model());
        body.put("prompt", flattened(question.messages(), labelledSystem));
        List<String> images = question.messages().stream()
                .filter(ChatMessage.User.class::isInstance)
                .flatMap(user -> OllamaDialect.images((ChatMessage.User) user).stream())
                .toList();
        if (!images.isEmpty()) {
            body.put("images", images);
        }
        OllamaDialect.addCommon(question, body);
        return (JsonObject) JsonValue.of(body);
    }

    /**
     * A conversation as one text: the system text, an empty line, {@code User: …} and {@code Assistant: …} line by line,
     * and {@code Assistant:} for the model to go on. Of several system texts the last one counts.
     */
    static String flattened(List<ChatMessage> messages, boolean labelledSystem) {
        String system = "";
        StringBuilder text = new StringBuilder();
        for (ChatMessage message : Plain.withoutTools(messages)) {
            if (message instanceof ChatMessage.System) {
                system = message.text();
            } else {
                text.append(message instanceof ChatMessage.User ? "User: " : "Assistant: ")
                        .append(message.text())
                        .append('\n');
            }
        }
        String label = labelledSystem ? "System: " : "";
        return (system.isBlank() ? "" : label + system + "\n\n") + text + "Assistant:";
    }

    @Override
    public void read(JsonObject piece, Gathering into) {
        into.thoughts(Dialect.text(piece, "thinking"));
        into.words(Dialect.text(piece, "response"));
        OllamaDialect.readEnd(piece, into);
    }

    @Override
    public List<String> modelsPath() {
        return List.of("api", "tags");
    }

    @Override
    public List<String> models(JsonObject answer) {
        return Dialect.names(answer, "models", "name");
    }
}
