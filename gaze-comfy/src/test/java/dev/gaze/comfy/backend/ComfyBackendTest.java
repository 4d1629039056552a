package dev.gaze.comfy.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.comfy.ComfyPlugin;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.testkit.ManualTime;
import java.time.Instant;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComfyBackendTest {
    private static final UUID ID = UUID.fromString("ab12cd34-0000-4000-8000-000000000001");

    private final ManualTime time = new ManualTime(Instant.parse("2026-11-20T23:59:00Z"));
    private final EmbeddedComfy comfy = EmbeddedComfy.start(time);
    private final RenderServer server =
            new ComfyBackend().connect(ServerSettings.of(comfy.address()), time, Runnable::run);
    private final BlockingQueue<RenderEvent> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        server.close();
        comfy.close();
    }

    private static Workflow saving(String... prefixes) {
        Workflow graph = Workflow.of(JsonObject.of(
                "1",
                JsonObject.of(
                        "class_type",
                        "EmptyImage",
                        "inputs",
                        JsonObject.of("width", 64, "height", 64, "batch_size", 1, "color", 7))));
        for (String prefix : prefixes) {
            graph = graph.with(dev.gaze.api.workflow.WorkflowNode.of(
                    graph.freshId(),
                    "SaveImage",
                    "Save",
                    JsonObject.of("filename_prefix", prefix, "images", JsonArray.of("1", 0))));
        }
        return graph;
    }

    private RenderEvent.Finished finished() throws InterruptedException {
        RenderEvent event;
        do {
            event = told.poll(20, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
        } while (!(event instanceof RenderEvent.Ended));
        assertThat(event).isInstanceOf(RenderEvent.Finished.class);
        return (RenderEvent.Finished) event;
    }

    @Test
    void files_go_to_a_folder_of_the_day_and_the_run_where_the_graph_asks_for_none() throws Exception {
        RenderRun run =
                server.start(ID, saving("ComfyUI", "", "mine/keep", "win\\keep"), JsonObject.empty(), told::add);

        assertThat(run.prompt()).isEqualTo(ID);
        assertThat(finished().outputs())
                .extracting(output -> output.subfolder() + "/" + output.filename())
                .contains(
                        "gaze/2026-11-20/ab12cd34/ComfyUI_00001_.png",
                        "gaze/2026-11-20/ab12cd34/img_00001_.png",
                        "mine/keep_00001_.png");
        assertThat(SaveFolders.own(saving("win\\keep"), time.now(), ID).toString())
                .contains("win\\\\keep");
    }

    @Test
    void facts_are_asked_for_once_and_again_when_forgotten() {
        assertThat(server.facts().options("LoraLoader", "lora_name")).doesNotContain("new.safetensors");
        comfy.models("loras", java.util.List.of("new.safetensors"));
        assertThat(server.facts().options("LoraLoader", "lora_name")).doesNotContain("new.safetensors");
        server.forgetFacts();

        assertThat(server.facts().options("LoraLoader", "lora_name")).contains("new.safetensors");
        assertThat(comfy.requests().stream().filter(request -> request.target().contains("object_info")))
                .hasSize(2);
    }

    @Test
    void connecting_to_a_server_that_is_down_shows_with_the_first_call() {
        comfy.close();

        assertThat(server.id()).hasToString(comfy.address().toString());
        assertThatThrownBy(server::facts)
                .isInstanceOfSatisfying(
                        GazeException.class, away -> assertThat(away.kind()).isEqualTo(GazeException.Kind.UNAVAILABLE))
                .hasMessageContaining(comfy.address().toString())
                .hasMessageContaining("builder().embedded()");
    }

    @Test
    void a_probe_is_one_small_question_that_only_comfyui_answers_rightly() {
        server.probe();
        assertThat(comfy.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.target()).isEqualTo("/prompt"));

        for (Runnable trouble : java.util.List.<Runnable>of(
                () -> comfy.answerHtml("/prompt"), () -> comfy.answerStatus("/prompt", 500))) {
            trouble.run();
            assertThatThrownBy(server::probe)
                    .isInstanceOfSatisfying(
                            GazeException.class, liar -> assertThat(liar.kind()).isEqualTo(GazeException.Kind.FAILED));
            comfy.recover();
        }
        comfy.close();
        assertThatThrownBy(server::probe)
                .isInstanceOfSatisfying(
                        GazeException.class, away -> assertThat(away.kind()).isEqualTo(GazeException.Kind.UNAVAILABLE));
    }

    @Test
    void a_server_that_was_away_is_asked_anew_what_it_can_do() {
        server.facts();
        server.probe();
        server.facts();
        comfy.answerStatus("/prompt", 503);
        assertThatThrownBy(server::probe).isInstanceOf(GazeException.class);
        comfy.recover();
        server.facts();

        assertThat(comfy.requests().stream().filter(request -> request.target().contains("object_info")))
                .hasSize(2);
    }

    @Test
    void a_run_is_found_again_by_its_id_and_one_the_server_forgot_is_lost() throws Exception {
        Workflow graph = saving("ComfyUI");
        server.start(ID, graph, JsonObject.empty(), told::add);
        finished();
        RenderServer later = new ComfyBackend().connect(ServerSettings.of(comfy.address()), time, Runnable::run);
        try (later) {
            assertThat(later.attach(ID, graph, told::add).prompt()).isEqualTo(ID);
            assertThat(finished().outputs()).hasSize(1);

            later.facts();
            comfy.restart();
            later.attach(ID, graph, told::add);
            assertThat(told.poll(20, TimeUnit.SECONDS)).isInstanceOf(RenderEvent.Lost.class);
            later.cancel(ID);
            later.facts();
            assertThat(comfy.requests().stream()
                            .filter(request -> request.target().contains("object_info")))
                    .as("a server that forgot has restarted, maybe with other models")
                    .hasSize(2);
        }
    }

    @Test
    void the_plugin_is_found_and_brings_both_backends_and_the_wirer() {
        assertThat(ServiceLoader.load(GazePlugin.class)).hasAtLeastOneElementOfType(ComfyPlugin.class);
        assertThat(new ComfyPlugin().id()).isEqualTo("gaze.comfy");
        assertThat(new ComfyPlugin().extensions())
                .extracting(extension -> extension.getClass().getSimpleName())
                .containsExactly("ComfyBackend", "EmbeddedBackend", "ComfyWirer");
    }
}
