package dev.gaze.comfy.backend;

import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.workflow.NodeDefinition;
import dev.gaze.api.workflow.NodeDefinition.Input;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowNode;
import dev.gaze.comfy.embedded.definition.ModelShelves;
import dev.gaze.comfy.embedded.definition.NodeSpecs;
import dev.gaze.comfy.workflow.ObjectInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs of the sketch server's nodes name model files, and in which of its folders. Nobody lists them: each
 * folder is given one file that bears its name, and the node definitions then tell where it turns up.
 */
final class SketchModels {
    private static final String MARK = "<only file of> ";

    /**
     * Where an input finds its files.
     *
     * @param prefix what stands before their names in this input's list, such as {@code bbox/}; may be blank
     * @param folder ComfyUI's name of the folder
     */
    private record Shelf(String prefix, String folder) {}

    /** Class type → input → its folders. */
    private final Map<String, Map<String, List<Shelf>>> inputs = new LinkedHashMap<>();

    SketchModels() {
        ModelShelves shelves = new ModelShelves('/');
        shelves.folders().forEach(folder -> shelves.put(folder, List.of(MARK + folder)));
        Map<String, JsonValue> definitions = new LinkedHashMap<>();
        new NodeSpecs(shelves).current().forEach((classType, spec) -> definitions.put(classType, spec.json()));
        ObjectInfo.facts(new JsonObject(definitions)).nodes().values().forEach(this::find);
    }

    private void find(NodeDefinition node) {
        node.inputs().forEach((name, input) -> {
            List<Shelf> found = new ArrayList<>();
            for (String option : input.options() == null ? List.<String>of() : input.options()) {
                int mark = option.indexOf(MARK);
                if (mark >= 0) {
                    found.add(new Shelf(option.substring(0, mark), option.substring(mark + MARK.length())));
                }
            }
            if (!found.isEmpty()) {
                inputs.computeIfAbsent(node.classType(), type -> new LinkedHashMap<>())
                        .put(name, found);
            }
        });
    }

    /** Facts in which model files are open: the choice stays a choice, but nothing is known of what it may be. */
    ServerFacts opened(ServerFacts facts) {
        Map<String, NodeDefinition> nodes = new LinkedHashMap<>(facts.nodes());
        inputs.forEach((classType, files) -> nodes.computeIfPresent(classType, (type, node) -> {
            Map<String, Input> opened = new LinkedHashMap<>(node.inputs());
            files.keySet().forEach(name -> opened.computeIfPresent(name, (key, input) -> opened(input)));
            return new NodeDefinition(type, opened, node.outputs(), node.outputNode());
        }));
        return new ServerFacts(true, nodes);
    }

    private static Input opened(Input input) {
        return new Input(input.type(), input.required(), null, input.defaultValue(), input.min(), input.max());
    }

    /**
     * Tells of every model file a graph names.
     *
     * @param found gets the folder and the name within it
     * @return the graph with these names in forward slashes, as the sketch server spells them
     */
    Workflow find(Workflow workflow, BiConsumer<String, String> found) {
        Workflow spelt = workflow;
        for (WorkflowNode node : workflow.nodes().values()) {
            for (Map.Entry<String, List<Shelf>> input :
                    inputs.getOrDefault(node.classType(), Map.of()).entrySet()) {
                String file = node.text(input.getKey()).orElse("").replace('\\', '/');
                Shelf shelf = shelf(input.getValue(), file);
                if (shelf != null) {
                    found.accept(shelf.folder(), file.substring(shelf.prefix().length()));
                    spelt = spelt.change(node.id(), each -> each.with(input.getKey(), file));
                }
            }
        }
        return spelt;
    }

    private static @Nullable Shelf shelf(List<Shelf> shelves, String file) {
        return shelves.stream()
                .filter(shelf -> file.startsWith(shelf.prefix())
                        && file.length() > shelf.prefix().length())
                .findFirst()
                .orElse(null);
    }
}
