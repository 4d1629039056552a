package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.definition.ModelShelves;
import dev.gaze.comfy.embedded.definition.NodeSpecs;
import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.files.ServerFolders;
import dev.gaze.comfy.embedded.run.Engine;
import dev.gaze.comfy.embedded.run.QueuedPrompt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;

/** Which request goes where. Each route answers below {@code /} and below {@code /api/}. */
public final class RouteTable {
    private final Map<String, Function<Request, MockResponse>> gets = new LinkedHashMap<>();
    private final Map<String, Function<String, MockResponse>> getsBelow = new LinkedHashMap<>();
    private final Map<String, Function<Request, MockResponse>> posts = new LinkedHashMap<>();
    private final Supplier<Engine> engines;
    private final InfoRoutes info;

    /**
     * All routes.
     *
     * @param engines the engine of the moment
     * @param faults what goes wrong
     * @param folders the images
     * @param shelves the models
     * @param specs node definitions
     * @param ids makes prompt ids
     * @param maxUploadBytes the largest upload
     * @param received told of each accepted prompt
     */
    public RouteTable(
            Supplier<Engine> engines,
            Faults faults,
            ServerFolders folders,
            ModelShelves shelves,
            NodeSpecs specs,
            Supplier<UUID> ids,
            long maxUploadBytes,
            Consumer<QueuedPrompt> received) {
        this.engines = engines;
        State state = new State(engines, faults, folders, shelves, received);
        info = new InfoRoutes(state, specs, maxUploadBytes);
        ControlRoutes control = new ControlRoutes(state);
        UploadRoutes upload = new UploadRoutes(folders, maxUploadBytes);
        gets.put("/prompt", control::remaining);
        gets.put("/queue", control::queue);
        gets.put("/history", control::history);
        gets.put("/object_info", info::objectInfo);
        gets.put("/models", info::models);
        gets.put("/embeddings", info::embeddings);
        gets.put("/system_stats", info::system);
        gets.put("/features", info::features);
        gets.put("/extensions", info::extensions);
        gets.put("/view", new ViewRoute(folders, faults)::view);
        getsBelow.put("/history/", control::historyOf);
        getsBelow.put("/object_info/", info::objectInfoOf);
        getsBelow.put("/models/", info::modelsOf);
        posts.put("/prompt", new PromptRoutes(state, specs, ids)::post);
        posts.put("/queue", control::changeQueue);
        posts.put("/history", control::changeHistory);
        posts.put("/interrupt", control::interrupt);
        posts.put("/free", control::free);
        posts.put("/upload/image", upload::image);
        posts.put("/upload/mask", upload::mask);
    }

    Engine engine() {
        return engines.get();
    }

    JsonObject featureFlags() {
        return info.featureFlags();
    }

    MockResponse answer(Request request) {
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        Optional<Function<Request, MockResponse>> getting = getting(request);
        Optional<Function<Request, MockResponse>> posting = Optional.ofNullable(posts.get(request.path()));
        Optional<Function<Request, MockResponse>> route =
                get ? getting : request.method().equals("POST") ? posting : Optional.empty();
        if (route.isPresent()) {
            return route.get().apply(request);
        }
        if (getting.isEmpty() && posting.isEmpty()) {
            return Answer.notFound();
        }
        if (request.method().equals("OPTIONS")) {
            return Answer.empty(200);
        }
        if (get) {
            return Answer.notFound(); // ComfyUI's static files catch what has no GET route
        }
        return Answer.wrongMethod(getting.isPresent() ? posting.isPresent() ? "GET,HEAD,POST" : "GET,HEAD" : "POST");
    }

    private Optional<Function<Request, MockResponse>> getting(Request request) {
        if (request.below("/view_metadata/").isPresent()) {
            return Optional.of(info::metadata);
        }
        return Optional.ofNullable(gets.get(request.path()))
                .or(() -> getsBelow.entrySet().stream()
                        .filter(route -> request.below(route.getKey()).isPresent())
                        .findFirst()
                        .map(route -> same -> route.getValue()
                                .apply(same.below(route.getKey()).orElseThrow())));
    }
}
