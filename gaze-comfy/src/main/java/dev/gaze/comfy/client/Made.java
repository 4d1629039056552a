package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The files a run has told of. Given back in the order of the graph's nodes, however the server chose to run them. */
final class Made {
    private final List<String> nodes;
    private final Function<OutputFile, byte[]> reader;
    private final Map<String, List<OutputFile>> told = new LinkedHashMap<>();

    Made(List<String> nodes, Function<OutputFile, byte[]> reader) {
        this.nodes = List.copyOf(nodes);
        this.reader = reader;
    }

    int nodes() {
        return nodes.size();
    }

    void add(Frame.Executed executed) {
        told.put(executed.node(), executed.files());
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
