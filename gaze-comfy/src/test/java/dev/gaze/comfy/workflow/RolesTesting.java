package dev.gaze.comfy.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.workflow.Role;
import dev.gaze.api.workflow.WorkflowTemplate;
import java.util.List;
import java.util.Map;

/** Graphs of others, read as templates. */
abstract class RolesTesting {
    final ComfyWirer wirer = new ComfyWirer();

    WorkflowTemplate read(String graph, Object... roles) {
        return wirer.template("mine", Graphs.of(graph), JsonObject.of(roles));
    }

    Map<Role, String> roles(String graph, Object... roles) {
        return read(graph, roles).graph().roles();
    }

    List<String> problems(String graph, Object... roles) {
        try {
            read(graph, roles);
        } catch (GazeException refused) {
            assertThat(refused.kind()).isEqualTo(GazeException.Kind.INVALID);
            return refused.problems().stream().map(Object::toString).toList();
        }
        throw new AssertionError("was accepted");
    }
}
