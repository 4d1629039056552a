package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.comfy.embedded.FaultProxy;
import dev.gaze.comfy.embedded.FaultProxy.Traffic;
import dev.gaze.testkit.ManualTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several runs on a whole server while one trouble after another comes and goes. What a run ends as has a cause. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManyTroublesTest {
    /** What can happen. */
    private enum Trouble {
        CUT,
        REPEAT,
        DISORDER,
        LATE,
        RECOVER,
        CANCEL,
        STRANGER_INTERRUPTS,
        STRANGER_DELETES,
        FORGET,
        RESTART
    }

    private static final Set<Trouble> HARMLESS =
            EnumSet.of(Trouble.CUT, Trouble.REPEAT, Trouble.DISORDER, Trouble.LATE, Trouble.RECOVER);
    private static final int RUNS = 6;

    private final ManualTime time = new ManualTime();
    private final EmbeddedComfy comfy = EmbeddedComfy.start(time);
    private final FaultProxy proxy = FaultProxy.before(comfy.address(), time);
    private final ComfyClient client = new ComfyClient(ServerSettings.of(proxy.address()), time, Runnable::run);
    private final Map<ComfyRun, Told> runs = new LinkedHashMap<>();
    private final Set<ComfyRun> cancelled = new HashSet<>();
    private final Set<Trouble> happened = EnumSet.noneOf(Trouble.class);

    @AfterEach
    void close() {
        client.close();
        proxy.close();
        comfy.close();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("G14")
    void every_run_has_one_end_and_the_end_has_a_cause(long seed) {
        Random random = new Random(seed);
        boolean harmless = seed % 3 == 0;
        List<Trouble> troubles = List.copyOf(harmless ? HARMLESS : EnumSet.allOf(Trouble.class));
        comfy.samplersTake(Duration.ofSeconds(4));
        for (int i = 0; i < RUNS; i++) {
            Told told = new Told();
            UUID prompt = new UUID(seed, i);
            JsonObject graph = ComfyClientEmbeddedTest.sampling(seed * 100 + i).json();
            runs.put(client.run(prompt, graph, JsonObject.empty(), told), told);
        }
        for (int step = 0; step < 20; step++) {
            time.advance(Duration.ofMillis(random.nextInt(1500)));
            client.remaining(); // a real round trip, in which the others get on
            happen(troubles.get(random.nextInt(troubles.size())), random);
        }
        comfy.recover();
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            time.advance(Duration.ofMillis(250));
            return runs.values().stream()
                    .allMatch(told -> told.all.stream().anyMatch(RenderEvent.Ended.class::isInstance));
        });

        runs.forEach((run, told) -> {
            assertThat(told.all.stream().filter(RenderEvent.Ended.class::isInstance))
                    .hasSize(1);
            RenderEvent end = told.all.get(told.all.size() - 1);
            assertThat(end).satisfies(last -> hasACause(run, last));
            if (harmless) {
                assertThat(end).isInstanceOf(RenderEvent.Finished.class);
            }
        });
        assertThat(comfy.promptCount()).as("nothing is sent twice").isEqualTo(RUNS);
    }

    private void happen(Trouble trouble, Random random) {
        happened.add(trouble);
        switch (trouble) {
            case CUT -> proxy.cut(random.nextBoolean() ? Traffic.ALL : Traffic.SOCKETS);
            case REPEAT -> comfy.repeatFrames();
            case DISORDER -> comfy.disorderFrames();
            case LATE -> comfy.framesComeLate(Duration.ofSeconds(random.nextInt(20)));
            case RECOVER -> {
                comfy.recover();
                comfy.samplersTake(Duration.ofSeconds(4));
            }
            case CANCEL -> {
                ComfyRun run = List.copyOf(runs.keySet()).get(random.nextInt(RUNS));
                cancelled.add(run);
                run.cancel();
            }
            case STRANGER_INTERRUPTS -> comfy.interruptRunning();
            case STRANGER_DELETES -> comfy.deleteWaiting();
            case FORGET -> comfy.forget();
            case RESTART -> comfy.restart();
        }
    }

    private void hasACause(ComfyRun run, RenderEvent end) {
        if (end instanceof RenderEvent.Finished finished) {
            assertThat(finished.outputs()).hasSize(1);
            assertThat(finished.outputs().get(0).source().read())
                    .as("nothing is done without its image")
                    .startsWith(0x89, 'P', 'N', 'G');
        } else if (end instanceof RenderEvent.Interrupted interrupted && interrupted.byUs()) {
            assertThat(cancelled).contains(run);
        } else if (end instanceof RenderEvent.Interrupted) {
            assertThat(happened).containsAnyOf(Trouble.STRANGER_INTERRUPTS, Trouble.STRANGER_DELETES, Trouble.FORGET);
        } else {
            assertThat(end).isInstanceOf(RenderEvent.Lost.class);
            assertThat(happened).containsAnyOf(Trouble.FORGET, Trouble.RESTART, Trouble.STRANGER_DELETES);
        }
    }
}
