package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The wirer against what a real server said of itself and of graphs it was sent. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordedServerTest {
    /** Only the server can know whether an image was uploaded. */
    private static final Set<String> BEYOND_PREFLIGHT = Set.of("LoadImage of a file that is not there");

    private final ComfyWirer wirer = new ComfyWirer();
    private ServerFacts facts;

    @BeforeEach
    void recorded() throws IOException {
        assumeThat(System.getenv("GAZE_COMFY_RECORDINGS"))
                .as("GAZE_COMFY_RECORDINGS")
                .isNotNull();
        facts = ObjectInfo.facts(recording("object_info.json"));
    }

    private static JsonObject recording(String file) throws IOException {
        return Json.object(
                Files.readAllBytes(Path.of(System.getenv("GAZE_COMFY_RECORDINGS"), file)), JsonLimits.ANSWER);
    }

    private List<Problem> check(Workflow workflow) {
        return wirer.check(workflow, Plans.words().plan(), facts);
    }

    @Test
    void the_shipped_template_fits_the_recorded_nodes() {
        Plans plan = Plans.full()
                .lora("character", "Illustrious/Looks/look_a.safetensors")
                .lora("outfit", "Illustrious/Clothing/coat_a.safetensors")
                .lora("pose", "Illustrious/Poses/pose_a.safetensors");
        Workflow wired = wirer.wire(wirer.defaultTemplate(), plan.plan(), facts);
        assertThat(wirer.check(wired, plan.plan(), facts)).isEmpty();
        assertThat(wired.roles()).containsKey(Role.FACE_DETAILER).doesNotContainKey(Role.HAND_DETAILER);
        assertThat(wired.warnings())
                .as("that server has a face detector only")
                .singleElement()
                .satisfies(warning -> assertThat(warning.what()).contains("hand pass is left out"));
        assertThat(wired.end("IMAGE")).contains(new Link("11", 0));
    }

    @Test
    void the_recorded_graphs_are_templates() throws IOException {
        for (String file : List.of("workflow_minimal.json", "workflow_lora_chain.json")) {
            JsonObject graph = recording(file);
            assertThat(check(Workflow.of(graph))).isEmpty();
            WorkflowTemplate template = wirer.template(file, graph, JsonObject.empty());
            assertThat(template.graph().roles().keySet())
                    .contains(Role.SAMPLER, Role.CHECKPOINT, Role.LATENT, Role.POSITIVE, Role.NEGATIVE, Role.SAVE);
            Workflow wired = wirer.wire(template, Plans.full().plan(), facts);
            assertThat(check(wired)).isEmpty();
            assertThat(wired.end("MODEL")).contains(new Link("4", 0));
        }
    }

    @Test
    void whatever_the_server_refused_is_found_before_it_is_sent() throws IOException {
        List<String> missed = new ArrayList<>();
        List<String> found = new ArrayList<>();
        recording("errors_validation.json").members().forEach((name, value) -> {
            JsonObject exchange = (JsonObject) value;
            boolean refused = exchange.number("status").orElseThrow().asInt() == 400;
            if (refused && exchange.at("request", "body", "prompt").orElse(null) instanceof JsonObject graph) {
                (BEYOND_PREFLIGHT.contains(name) || isFound(graph) ? found : missed).add(name);
            }
        });
        assertThat(missed).isEmpty();
        assertThat(found).hasSizeGreaterThan(25);
    }

    private boolean isFound(JsonObject graph) {
        try {
            return !check(Workflow.of(graph)).isEmpty();
        } catch (GazeException noGraph) {
            return true;
        }
    }

    @Test
    void what_the_server_accepted_and_could_run_is_accepted() throws IOException {
        List<String> accepted = new ArrayList<>();
        recording("accepted_oddities.json").members().forEach((name, value) -> {
            JsonObject exchange = (JsonObject) value;
            boolean clean = exchange.object("body", "node_errors").members().isEmpty();
            if (clean && exchange.at("request", "body", "prompt").orElse(null) instanceof JsonObject graph) {
                assertThat(check(Workflow.of(graph))).as(name).isEmpty();
                accepted.add(name);
            }
        });
        assertThat(accepted).hasSizeGreaterThan(4);
    }

    @Test
    void the_file_the_server_missed_is_named() throws IOException {
        JsonObject graph = recording("errors_validation.json").object("bad lora name", "request", "body", "prompt");
        assertThat(check(Workflow.of(graph)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains(new JsonText("Illustrious/Looks/nope.safetensors").toString()));
    }
}
