package dev.gaze.comfy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.testkit.ManualTime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every endpoint, spoken with a server that knows them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComfyClientEndpointsTest {
    private final ManualTime time = new ManualTime();
    private final EmbeddedComfy comfy = EmbeddedComfy.builder()
            .time(time)
            .models("checkpoints", List.of("Illustrious/model.safetensors"))
            .models("loras", List.of("a/look.safetensors", "b.safetensors"))
            .models("embeddings", List.of("easy.pt"))
            .metadata("loras", "b.safetensors", JsonObject.of("ss_tag_frequency", "{}"))
            .start();
    private final ComfyClient client = new ComfyClient(ServerSettings.of(comfy.address()), time, Runnable::run);

    @AfterEach
    void close() {
        client.close();
        comfy.close();
    }

    static Workflow image(int colour) {
        return Workflow.of(JsonObject.of(
                "1",
                        JsonObject.of(
                                "class_type",
                                "EmptyImage",
                                "inputs",
                                JsonObject.of("width", 64, "height", 64, "batch_size", 1, "color", colour)),
                "2",
                        JsonObject.of(
                                "class_type",
                                "SaveImage",
                                "inputs",
                                JsonObject.of("filename_prefix", "t/x", "images", JsonArray.of("1", 0)))));
    }

    private static OutputFile file(RenderEvent.Ended ended) {
        assertThat(ended).isInstanceOf(RenderEvent.Finished.class);
        var output = ((RenderEvent.Finished) ended).outputs().get(0);
        return new OutputFile(output.node(), output.kind(), output.filename(), output.subfolder(), output.type());
    }

    @Test
    @Tag("G14")
    void history_tells_how_prompts_ended_newest_or_oldest_first_and_forgets_on_demand() throws Exception {
        ComfyRun first = client.run(image(1));
        first.await();
        ComfyRun second = client.run(image(2));
        OutputFile made = file(second.await());

        HistoryEntry entry = client.history(second.key()).orElseThrow();
        assertThat(entry.outcome()).isEqualTo(HistoryEntry.Outcome.DONE);
        assertThat(entry.outputs()).containsExactly(made);
        assertThat(client.history(1)).extracting(HistoryEntry::prompt).containsExactly(second.key());
        assertThat(client.history(0, 1)).extracting(HistoryEntry::prompt).containsExactly(first.key());
        assertThat(client.history("unknown/../id?x")).isEmpty();

        client.deleteHistory(List.of(first.key(), "unknown"));
        assertThat(client.history(10)).extracting(HistoryEntry::prompt).containsExactly(second.key());
        client.clearHistory();
        assertThat(client.history(10)).isEmpty();
        assertThat(client.view(made)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void the_queue_shows_what_runs_and_waits_and_can_be_emptied() throws Exception {
        comfy.standStill();
        ComfyRun running = client.run(image(1));
        comfy.awaitRunning();
        ComfyRun second = client.run(image(2));
        ComfyRun third = client.run(image(3));

        QueueState queue = client.queue();
        assertThat(queue.isRunning(running.key())).isTrue();
        assertThat(queue.position(third.key())).hasValue(2);
        assertThat(queue.pending().get(0).graph().members()).containsKeys("1", "2");
        assertThat(client.remaining()).isEqualTo(3);

        client.deleteQueued(List.of(second.key(), running.key(), "unknown"));
        assertThat(client.queue().pending()).extracting(QueueState.Item::prompt).containsExactly(third.key());
        client.clearQueue();
        assertThat(client.queue().pending()).isEmpty();
        client.interrupt("somebody-else");
        assertThat(client.queue().isRunning(running.key())).isTrue();
        client.interruptAny();
        assertThat(running.await()).isEqualTo(new RenderEvent.Interrupted(false));
    }

    @Test
    void images_and_masks_are_uploaded_and_the_name_given_back_is_the_servers() {
        byte[] png = PngEndTest.png(4);
        OutputFile first = client.upload(Upload.image("pose.png", png));
        assertThat(first).isEqualTo(new OutputFile("", "images", "pose.png", "", "input"));
        assertThat(client.upload(Upload.image("pose.png", png)))
                .as("the same bytes again")
                .isEqualTo(first);
        assertThat(client.upload(Upload.image("pose.png", PngEndTest.png(5))).filename())
                .isEqualTo("pose (1).png");
        assertThat(client.upload(new Upload("pose.png", PngEndTest.png(6), "temp", "gaze/poses", true)))
                .isEqualTo(new OutputFile("", "images", "pose.png", "gaze/poses", "temp"));
        assertThat(client.view(first)).isEqualTo(png);
    }

    @Test
    void a_mask_needs_the_image_it_belongs_to() throws Exception {
        OutputFile original = file(client.run(image(7)).await());
        OutputFile masked =
                client.uploadMask(new Upload("mask.png", client.view(original), "input", "", false), original);

        assertThat(masked.type()).isEqualTo("input");
        assertThat(client.view(masked)).startsWith(0x89, 'P', 'N', 'G');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", ".", "a/b.png", "a\\b.png", "/etc/passwd", "nul\0.png"})
    void a_name_that_could_leave_its_folder_is_never_sent(String name) {
        assertThatThrownBy(() -> Upload.image(name, new byte[1])).isInstanceOf(IllegalArgumentException.class);
        assertThat(comfy.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../b", "/abs", "C:/x", "a\\b", "nul\0"})
    void a_folder_that_could_leave_its_root_is_never_sent(String folder) {
        assertThatThrownBy(() -> new Upload("a.png", new byte[1], "input", folder, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Upload("a.png", new byte[1], "secret", "", false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nodes_and_models_are_told_as_the_server_spells_them() {
        assertThat(client.objectInfo().members()).containsKeys("KSampler", "SaveImage");
        assertThat(client.objectInfo("KSampler")
                        .orElseThrow()
                        .object("input", "required")
                        .members())
                .containsKey("seed");
        assertThat(client.objectInfo("No/Such Node?")).isEmpty();
        assertThat(client.models()).contains("checkpoints", "loras");
        assertThat(client.models("loras")).containsExactly("a/look.safetensors", "b.safetensors");
        assertThatThrownBy(() -> client.models("no_such"))
                .isInstanceOfSatisfying(
                        GazeException.class,
                        missing -> assertThat(missing.kind()).isEqualTo(GazeException.Kind.NOT_FOUND));
        assertThat(client.embeddings()).containsExactly("easy");
        assertThat(client.viewMetadata("loras", "b.safetensors")).hasValue(JsonObject.of("ss_tag_frequency", "{}"));
        assertThat(client.viewMetadata("loras", "a/look.safetensors")).isEmpty();
    }

    @Test
    void the_server_tells_its_version_devices_and_features() {
        assertThat(client.systemStats().version()).isEqualTo("0.3.64");
        assertThat(client.systemStats().devices()).isNotEmpty();
        assertThat(client.features().previewMetadata()).isTrue();
        assertThat(client.features().maxUploadBytes()).isEqualTo(104_857_600);
    }

    @Test
    void freed_memory_makes_the_server_work_again() throws Exception {
        client.run(image(1)).await();
        client.free(true, true);
        Told told = new Told();
        client.run(UUID.randomUUID(), image(1).json(), JsonObject.empty(), told).await();

        assertThat(told.next(RenderEvent.Started.class)).isEqualTo(new RenderEvent.Started(2));
        Told again = new Told();
        client.run(UUID.randomUUID(), image(1).json(), JsonObject.empty(), again)
                .await();
        assertThat(again.next(RenderEvent.Started.class)).as("all cached").isEqualTo(new RenderEvent.Started(0));
    }

    @Test
    void names_with_blanks_and_signs_survive_the_way_to_the_server() {
        OutputFile odd = client.upload(
                new Upload("a b&c=d#é 100%.png", "x".getBytes(StandardCharsets.UTF_8), "output", "ä b/ç", false));

        assertThat(odd.filename()).isEqualTo("a b&c=d#é 100%.png");
        assertThat(odd.subfolder()).isEqualTo("ä b/ç");
        assertThat(client.view(odd)).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
    }
}
