package dev.gaze.comfy.workflow;

import dev.gaze.api.workflow.Link;
import dev.gaze.api.workflow.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the LoRA loaders of a graph, in the order of the chain, and the slot each serves. */
final class LoraLoaders {
    /** The loaders of the first GAZE (G17, G18). */
    private static final Map<String, String> NUMBERS =
            Map.of("16", "character", "17", "outfit", "18", "action", "19", "style");

    /** Words of a title that name no slot. */
    private static final Set<String> NO_SLOT =
            Set.of("lora", "loras", "load", "loader", "slot", "model", "only", "modelonly", "the", "for");

    /** The title a loader gets that wiring adds; any other title is searched for a word that may be a slot. */
    private static final Pattern TITLE = Pattern.compile("LoRA: ([\\w.-]+)");

    private LoraLoaders() {}

    /** A title that says which slot a loader serves. */
    static String title(String slot) {
        return "LoRA: " + slot;
    }

    /**
     * All loaders by id, with the slot each serves; blank for none in particular.
     *
     * @param given loader → slot as the user wrote it
     */
    static Map<String, String> find(Graph graph, Map<Role, GraphNode> roles, Map<String, String> given) {
        Map<String, String> slots = new LinkedHashMap<>();
        for (GraphNode loader : inChainOrder(graph, roles)) {
            String slot = given.get(loader.id());
            slots.put(loader.id(), slot != null ? slot : slotOf(loader, given));
        }
        return slots;
    }

    private static String slotOf(GraphNode loader, Map<String, String> given) {
        if (loader.text("lora_name") == null) {
            return "";
        }
        Matcher exact = TITLE.matcher(loader.title());
        if (exact.matches()) {
            return exact.group(1);
        }
        List<String> words = RolesByTitle.words(loader.title());
        List<String> named = words.stream()
                .filter(word -> !NO_SLOT.contains(word))
                .filter(word -> !word.chars().allMatch(Character::isDigit))
                .toList();
        boolean title = named.size() == 1 && words.contains("lora");
        String slot = title ? named.get(0) : NUMBERS.getOrDefault(loader.id(), "");
        return given.containsValue(slot) ? "" : slot;
    }

    private static Set<GraphNode> inChainOrder(Graph graph, Map<Role, GraphNode> roles) {
        Set<GraphNode> ordered = new LinkedHashSet<>();
        ordered.addAll(onTrail(graph, roles.get(Role.SAMPLER), "model"));
        ordered.addAll(onTrail(graph, roles.get(Role.POSITIVE), "clip"));
        graph.nodes().stream().filter(NodeShape::appliesLora).forEach(ordered::add);
        return ordered;
    }

    private static List<GraphNode> onTrail(Graph graph, @Nullable GraphNode from, String input) {
        List<GraphNode> loaders = new ArrayList<>();
        if (from != null) {
            for (GraphNode part : NodeShape.parts(graph, from)) {
                for (Link link : graph.trail(part, input)) {
                    GraphNode node = graph.node(link.node());
                    if (node != null && NodeShape.appliesLora(node)) {
                        loaders.add(node);
                    }
                }
            }
        }
        Collections.reverse(loaders);
        return loaders;
    }
}
