package dev.gaze.core.plugin;

import dev.gaze.api.plugin.Position;
import dev.gaze.api.prompt.Draft;
import dev.gaze.api.prompt.PromptStage;
import java.util.List;
import java.util.stream.Stream;

/** The order of composition: GAZE's own stages, and those of plugins among them. */
public final class Stages {
    /** GAZE's own stages in the order in which they run; the last two stay last. */
    public static final List<String> OWN =
            List.of("fields", "extras", "plus", "background", "base", "template", "deny-list", "cross-dedup");

    private static final List<String> LAST = OWN.subList(OWN.size() - 2, OWN.size());
    private static final String DEFAULT_NEIGHBOUR = "background";

    private Stages() {}

    /**
     * The names of all stages in the order in which they run.
     *
     * @param stages those of plugins, as {@link Installed#stages} holds them
     * @return GAZE's own names and the ids of {@code stages}
     */
    public static List<String> order(List<PromptStage> stages) {
        return Order.of(Stream.concat(
                                own(),
                                stages.stream()
                                        .map(stage -> new Order.Item<>(stage.id(), wish(stage.position()), stage.id())))
                        .toList())
                .sorted();
    }

    /** A stage without a wish stands behind {@code background}: it may still change everything that is composed. */
    static Position wish(Position position) {
        return position.equals(Position.ANYWHERE) ? Position.after(DEFAULT_NEIGHBOUR) : position;
    }

    /** Whether a place lies behind the first of the two that come last: words added there would escape the deny list. */
    static boolean tooLate(Position position) {
        return position instanceof Position.After after && LAST.contains(after.neighbour())
                || position instanceof Position.Before before && LAST.get(1).equals(before.neighbour());
    }

    private static Stream<Order.Item<String>> own() {
        return OWN.stream().map(name -> new Order.Item<>(name, Position.ANYWHERE, name));
    }

    /** What plugins declare, behind GAZE's own as if they were declared too, with every wish told. */
    static List<Declared<PromptStage>> amongOwn(List<Declared<PromptStage>> declared, Plugin core) {
        return Stream.concat(
                        OWN.stream()
                                .map(name -> new Declared<PromptStage>(name, Position.ANYWHERE, new Own(name), core)),
                        declared.stream().map(stage -> stage.at(wish(stage.position()))))
                .toList();
    }

    /** Holds the place of a stage of GAZE's own, which composition knows by its name. */
    private record Own(String id) implements PromptStage {
        @Override
        public Draft apply(Draft draft) {
            return draft;
        }
    }
}
