package dev.gaze.core.engine;

import dev.gaze.api.Gaze;
import dev.gaze.api.GazeBuilder;
import dev.gaze.core.small.SmallBackend;
import dev.gaze.core.small.SmallServer;
import dev.gaze.core.small.SmallWirer;
import dev.gaze.testkit.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole libraries of a few assets, with servers inside the test. */
@Timeout(60)
abstract class GazeTesting {
    static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path library;

    final ManualTime time = new ManualTime();
    final SmallBackend backend = new SmallBackend(SmallServer::drawing);
    final Map<String, String> environment = new HashMap<>();
    private final List<Gaze> open = new ArrayList<>();

    @BeforeEach
    void fill() {
        file("data/characters/mira_vale.json", """
                {"character_id": "mira_vale", "character_name": "Mira Vale",
                 "identity": {"hair": "red hair", "eyes": "green eyes"},
                 "wardrobe": {"top": "white shirt"}, "styles": {"primary_color": "teal"},
                 "lora": {"lora_name": "looks/mira.safetensors", "lora_weight": 0.8, "lora_triggers": "miraV"}}
                """);
        file("data/clothing/raincoat.json", """
                {"outfit_id": "raincoat", "outfit_name": "Raincoat", "wardrobe": {"top": "yellow raincoat"}}
                """);
        file("data/actions/waving.json", "{\"action_id\": \"waving\", \"action\": {\"arms\": \"waving\"}}");
        file(
                "data/looks/winter.json",
                "{\"look_id\": \"winter\", \"character_id\": \"mira_vale\", \"positive\": \"snow\"}");
        file(
                "data/checkpoints/model.json",
                "{\"checkpoint_path\": \"a/model.safetensors\", \"base_positive\": \"masterpiece\", \"steps\": 12}");
    }

    @AfterEach
    void close() {
        open.forEach(Gaze::close);
    }

    void file(String path, String content) {
        try {
            Path file = library.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    GazeBuilder builder() {
        return Gaze.builder()
                .library(library)
                .onlyGivenPlugins()
                .plugin(backend)
                .environment(environment::get)
                .random(new Random(7))
                .time(time);
    }

    Gaze open() {
        return open(builder());
    }

    Gaze open(GazeBuilder builder) {
        Gaze gaze = builder.open();
        open.add(gaze);
        return gaze;
    }

    /** Waits for what another thread is about to do. */
    static void awaitUntil(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It never came");
            }
            Thread.onSpinWait();
        }
    }

    /** Every LoRA the test library names. */
    void serverHasEverything() {
        backend.server().has(SmallWirer.facts("looks/mira.safetensors", "a/model.safetensors"));
    }
}
