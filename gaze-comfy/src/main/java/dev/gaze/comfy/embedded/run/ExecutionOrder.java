package dev.gaze.comfy.embedded.run;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.definition.NodeSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * In which order nodes run. Of the nodes that are ready, an output goes first, then what stands directly in front of an
 * output, then what stands two steps in front of one, then the one found first on the way up from the outputs. Nodes
 * behind a cached one are never visited.
 */
final class ExecutionOrder {
    private final JsonObject graph;
    private final Map<String, NodeSpec> specs;
    private final Map<String, Integer> waitingFor = new LinkedHashMap<>();
    private final Map<String, Set<String>> consumers = new LinkedHashMap<>();

    ExecutionOrder(JsonObject graph, Map<String, NodeSpec> specs, List<String> outputs, Predicate<String> cached) {
        this.graph = graph;
        this.specs = specs;
        outputs.forEach(output -> add(output, cached));
    }

    private void add(String output, Predicate<String> cached) {
        Deque<String> open = new ArrayDeque<>();
        open.push(output);
        while (!open.isEmpty()) {
            String id = open.pop();
            if (waitingFor.containsKey(id)) {
                continue;
            }
            waitingFor.put(id, 0);
            for (String source : sources(graph, id)) {
                if (!cached.test(source)) {
                    open.push(source);
                    if (consumers
                            .computeIfAbsent(source, none -> new LinkedHashSet<>())
                            .add(id)) {
                        waitingFor.merge(id, 1, Integer::sum);
                    }
                }
            }
        }
    }

    /** The nodes a node is linked to, in the order of its inputs. */
    static List<String> sources(JsonObject graph, String id) {
        return graph.object(id, "inputs").members().values().stream()
                .map(ExecutionOrder::source)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The node a value links to, when it is a link. */
    static Optional<String> source(JsonValue value) {
        return value instanceof JsonArray link
                        && link.items().size() == 2
                        && link.items().get(0) instanceof JsonText id
                ? Optional.of(id.value())
                : Optional.empty();
    }

    /** The next node; empty when all have run. */
    Optional<String> next() {
        List<String> ready = waitingFor.entrySet().stream()
                .filter(entry -> entry.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
        return first(ready, this::isOutput)
                .or(() -> first(ready, id -> consumers(id).stream().anyMatch(this::isOutput)))
                .or(() -> first(
                        ready,
                        id -> consumers(id).stream()
                                .anyMatch(
                                        consumer -> consumers(consumer).stream().anyMatch(this::isOutput))))
                .or(() -> ready.stream().findFirst());
    }

    /** A node has run. */
    void done(String id) {
        waitingFor.remove(id);
        consumers(id).forEach(consumer -> waitingFor.computeIfPresent(consumer, (key, count) -> count - 1));
    }

    private static Optional<String> first(List<String> ready, Predicate<String> which) {
        return ready.stream().filter(which).findFirst();
    }

    private Set<String> consumers(String id) {
        return consumers.getOrDefault(id, Set.of());
    }

    private boolean isOutput(String id) {
        NodeSpec spec = specs.get(graph.text(id, "class_type").orElse(""));
        return spec != null && spec.outputNode();
    }
}
