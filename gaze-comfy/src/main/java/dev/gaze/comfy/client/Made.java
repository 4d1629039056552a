package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The files a run has told of. Given back in the order of the graph's nodes, however the server chose to run them. */
final class Made {
    private final List<String> nodes;
    private final Set<String> ends;
    private final Function<OutputFile, byte[]> reader;
    private final Map<String, List<OutputFile>> told = new LinkedHashMap<>();

    Made(JsonObject graph, Function<OutputFile, byte[]> reader) {
        nodes = List.copyOf(graph.members().keySet());
        ends = new LinkedHashSet<>(nodes);
        graph.members().values().forEach(this::dropSources);
        this.reader = reader;
    }

    /** A node that another one takes something from is no end of the graph. */
    private void dropSources(JsonValue node) {
        if (node instanceof JsonObject json) {
            json.object("inputs").members().values().forEach(input -> {
                if (input instanceof JsonArray link
                        && link.items().size() == 2
                        && link.items().get(0) instanceof JsonText source) {
                    ends.remove(source.value());
                }
            });
        }
    }

    int nodes() {
        return nodes.size();
    }

    void add(Frame.Executed executed) {
        told.put(executed.node(), executed.files());
    }

    /** Whether every end of the graph has told of its files, and there are any. An end that makes none is never told. */
    boolean isComplete() {
        return told.keySet().containsAll(ends) && told.values().stream().anyMatch(files -> !files.isEmpty());
    }

    List<RenderOutput> outputs() {
        List<OutputFile> files = new ArrayList<>();
        told.values().forEach(files::addAll);
        return outputs(files);
    }

    /** As told by history instead. */
    List<RenderOutput> outputs(List<OutputFile> files) {
        return files.stream()
                .sorted(Comparator.comparingInt(file -> place(file.node())))
                .map(file -> new RenderOutput(
                        file.node(),
                        file.kind(),
                        file.filename(),
                        file.subfolder(),
                        file.type(),
                        () -> reader.apply(file)))
                .toList();
    }

    private int place(String node) {
        int index = nodes.indexOf(node);
        return index < 0 ? nodes.size() : index; // nodes that a node made while it ran come last
    }
}
