package dev.gaze.comfy.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.comfy.client.ComfyException;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddedBackendTest {
    private final SystemTime time = new SystemTime();
    private final RenderServer server =
            new EmbeddedBackend().connect(ServerSettings.of(ServerSettings.EMBEDDED), time, Runnable::run);
    private final BlockingQueue<RenderEvent> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        server.close();
        time.close();
    }

    /** A graph whose files no sketch server has on its shelves. */
    private static Workflow graph(String sampler) {
        return Workflow.of(JsonObject.of(
                "4", node("CheckpointLoaderSimple", "ckpt_name", "My/own checkpoint.safetensors"),
                "20",
                        node(
                                "LoraLoader",
                                "lora_name",
                                "Illustrious\\Looks\\mira_vale.safetensors",
                                "strength_model",
                                0.8,
                                "strength_clip",
                                0.8,
                                "model",
                                JsonArray.of("4", 0),
                                "clip",
                                JsonArray.of("4", 1)),
                "10", node("VAELoader", "vae_name", "mine.vae.safetensors"),
                "5", node("EmptyLatentImage", "width", 64, "height", 64, "batch_size", 1),
                "6", node("CLIPTextEncode", "text", "a lighthouse", "clip", JsonArray.of("20", 1)),
                "3",
                        node(
                                "KSampler",
                                "seed",
                                1,
                                "steps",
                                2,
                                "cfg",
                                6.5,
                                "sampler_name",
                                sampler,
                                "scheduler",
                                "normal",
                                "denoise",
                                1,
                                "model",
                                JsonArray.of("20", 0),
                                "positive",
                                JsonArray.of("6", 0),
                                "negative",
                                JsonArray.of("6", 0),
                                "latent_image",
                                JsonArray.of("5", 0)),
                "8", node("VAEDecode", "samples", JsonArray.of("3", 0), "vae", JsonArray.of("10", 0)),
                "9", node("SaveImage", "filename_prefix", "sketch", "images", JsonArray.of("8", 0))));
    }

    private static JsonObject node(String classType, Object... inputs) {
        return JsonObject.of("class_type", classType, "inputs", JsonObject.of(inputs));
    }

    private RenderEvent.Ended end() throws InterruptedException {
        while (true) {
            RenderEvent event = told.poll(20, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            if (event instanceof RenderEvent.Ended ended) {
                return ended;
            }
        }
    }

    @Test
    void it_takes_embedded_addresses_and_no_others() {
        EmbeddedBackend embedded = new EmbeddedBackend();
        ComfyBackend network = new ComfyBackend();
        for (String address : new String[] {"embedded:sketch", "EMBEDDED:x"}) {
            assertThat(embedded.takes(URI.create(address))).isTrue();
            assertThat(network.takes(URI.create(address))).isFalse();
        }
        for (String address : new String[] {"http://127.0.0.1:8188", "https://host/comfy/", "http://my_comfy:8188"}) {
            assertThat(embedded.takes(URI.create(address))).isFalse();
            assertThat(network.takes(URI.create(address))).isTrue();
        }
        assertThat(network.takes(URI.create("ftp://host/"))).isFalse();
        assertThat(network.takes(URI.create("http:nonsense"))).isFalse();
    }

    @Test
    void a_graph_runs_whatever_model_files_it_names() throws Exception {
        server.start(UUID.randomUUID(), graph("euler"), JsonObject.empty(), told::add);

        assertThat(end()).isInstanceOfSatisfying(RenderEvent.Finished.class, finished -> {
            assertThat(finished.outputs()).hasSize(1);
            assertThat(finished.outputs().get(0).source().read()).startsWith(0x89, 'P', 'N', 'G');
        });
    }

    @Test
    void its_facts_tell_all_of_its_nodes_and_leave_model_files_open() {
        ServerFacts facts = server.facts();

        assertThat(facts.known()).isTrue();
        assertThat(facts.node("LoraLoader")
                        .orElseThrow()
                        .input("lora_name")
                        .orElseThrow()
                        .options())
                .isNull();
        assertThat(facts.node("LoraLoader")
                        .orElseThrow()
                        .input("lora_name")
                        .orElseThrow()
                        .type())
                .isEqualTo("COMBO");
        assertThat(facts.node("UltralyticsDetectorProvider")
                        .orElseThrow()
                        .input("model_name")
                        .orElseThrow()
                        .options())
                .isNull();
        assertThat(facts.options("KSampler", "sampler_name")).contains("euler");
    }

    @Test
    void what_is_no_model_file_is_checked_as_a_server_does() {
        assertThatThrownBy(() -> server.start(UUID.randomUUID(), graph("eulr"), JsonObject.empty(), told::add))
                .isInstanceOf(ComfyException.class)
                .hasMessageContaining("sampler_name is \"eulr\"");
        assertThat(told).isEmpty();
    }

    @Test
    void closed_before_it_was_used_it_never_starts() {
        server.forgetFacts();
        server.close();

        assertThatThrownBy(server::facts)
                .isInstanceOfSatisfying(
                        GazeException.class,
                        closed -> assertThat(closed.kind()).isEqualTo(GazeException.Kind.CANCELLED));
        assertThat(server.id()).hasToString("embedded:sketch");
    }

    @Test
    void it_is_well_knows_its_own_runs_and_nothing_of_those_of_an_earlier_process() throws Exception {
        UUID prompt = UUID.randomUUID();
        server.probe();
        server.start(prompt, graph("euler"), JsonObject.empty(), told::add);
        assertThat(end()).isInstanceOf(RenderEvent.Finished.class);
        server.attach(prompt, graph("euler"), told::add);
        assertThat(end()).isInstanceOf(RenderEvent.Finished.class);

        UUID unknown = UUID.randomUUID();
        server.cancel(unknown);
        server.attach(unknown, graph("euler"), told::add);
        assertThat(end()).isInstanceOf(RenderEvent.Lost.class);
    }
}
