package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.definition.ModelShelves;
import dev.gaze.comfy.embedded.definition.NodeSpec;
import dev.gaze.comfy.embedded.definition.NodeSpecs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;

/** What the server tells about itself: nodes, models, system, features. */
final class InfoRoutes {
    static final String VERSION = "0.3.64";
    private static final String SEGMENT = "/view_metadata/";

    private final State state;
    private final NodeSpecs specs;
    private final JsonObject features;

    InfoRoutes(State state, NodeSpecs specs, long maxUploadBytes) {
        this.state = state;
        this.specs = specs;
        features = JsonObject.of("supports_preview_metadata", true, "max_upload_size", maxUploadBytes);
    }

    JsonObject featureFlags() {
        return features;
    }

    MockResponse features(Request request) {
        return Answer.json(features);
    }

    MockResponse objectInfo(Request request) {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        definitions().forEach((name, spec) -> all.put(name, spec.json()));
        return Answer.json(new JsonObject(all));
    }

    MockResponse objectInfoOf(String classType) {
        NodeSpec spec = definitions().get(classType);
        return Answer.json(spec == null ? JsonObject.empty() : JsonObject.of(classType, spec.json()));
    }

    private Map<String, NodeSpec> definitions() {
        state.shelves().put(ModelShelves.INPUT, state.folders().inputNames());
        return specs.current();
    }

    MockResponse models(Request request) {
        return Answer.json(JsonArray.of(state.shelves().folders().toArray()));
    }

    MockResponse modelsOf(String folder) {
        return state.shelves()
                .names(folder)
                .filter(names -> !folder.equals(ModelShelves.INPUT))
                .map(names -> Answer.json(JsonArray.of(names.toArray())))
                .orElse(Answer.empty(404));
    }

    MockResponse embeddings(Request request) {
        List<String> names = state.shelves().names("embeddings").orElse(List.of());
        return Answer.json(JsonArray.of(
                names.stream().map(name -> name.replaceFirst("\\.[^.]*$", "")).toArray()));
    }

    MockResponse metadata(Request request) {
        Optional<String> file = request.query("filename").filter(name -> name.endsWith(".safetensors"));
        return request.below(SEGMENT)
                .flatMap(folder -> file.flatMap(name -> state.shelves().metadata(folder, name)))
                .map(Answer::json)
                .orElse(Answer.empty(404));
    }

    MockResponse system(Request request) {
        long memory = Runtime.getRuntime().maxMemory();
        long free = memory
                - Runtime.getRuntime().totalMemory()
                + Runtime.getRuntime().freeMemory();
        return Answer.json(JsonObject.of(
                "system",
                JsonObject.of(
                        "os",
                        state.shelves().separator() == '/' ? "posix" : "nt",
                        "ram_total",
                        memory,
                        "ram_free",
                        free,
                        "comfyui_version",
                        VERSION,
                        "required_frontend_version",
                        "0",
                        "python_version",
                        "none (embedded GAZE sketch server)",
                        "pytorch_version",
                        "none",
                        "embedded_python",
                        false,
                        "argv",
                        JsonArray.of("gaze-embedded")),
                "devices",
                JsonArray.of(JsonObject.of(
                        "name",
                        "cpu",
                        "type",
                        "cpu",
                        "index",
                        null,
                        "vram_total",
                        memory,
                        "vram_free",
                        free,
                        "torch_vram_total",
                        memory,
                        "torch_vram_free",
                        free))));
    }

    MockResponse extensions(Request request) {
        return Answer.json(JsonArray.of());
    }
}
