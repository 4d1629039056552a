package dev.gaze.core.plugin;

import dev.gaze.api.plugin.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts named things in the order they asked for (see {@link Position}).
 *
 * <p>Every wish names one neighbour, so the wishes form trees: those without a wish are the roots and keep the order in
 * which they were given; behind each come its followers by name, each with its own followers directly behind. What
 * cannot be placed is told and stands where it does no harm: a stranger's follower like one without a wish, a circle at
 * the end.
 *
 * @param sorted everything, in order
 * @param lost those whose neighbour is not there
 * @param circles those that wait for one another, each circle from its first name on
 * @param <T> what is put in order
 */
public record Order<T>(List<T> sorted, List<Item<T>> lost, List<List<Item<T>>> circles) {

    /** Copies the lists. */
    public Order {
        sorted = List.copyOf(sorted);
        lost = List.copyOf(lost);
        circles = List.copyOf(circles);
    }

    /**
     * One thing to be placed.
     *
     * @param name what others call it; of two with one name the first is the neighbour that is meant
     * @param position its wish
     * @param value the thing itself
     * @param <T> its type
     */
    public record Item<T>(String name, Position position, T value) {

        /**
         * The neighbour it asks for.
         *
         * @return a name; empty without a wish
         */
        public Optional<String> neighbour() {
            if (position instanceof Position.After after) {
                return Optional.of(after.neighbour());
            }
            if (position instanceof Position.Before before) {
                return Optional.of(before.neighbour());
            }
            return Optional.empty();
        }
    }

    /**
     * Puts things in order.
     *
     * @param items in the order that counts for those without a wish
     * @param <T> their type
     * @return the order, and what could not be placed
     */
    public static <T> Order<T> of(List<Item<T>> items) {
        return new Placing<>(items).order();
    }

    /** The work of one ordering. */
    private static final class Placing<T> {
        private final List<Item<T>> items;
        private final Map<String, Item<T>> named = new LinkedHashMap<>();
        private final Map<String, List<Item<T>>> inFront = new HashMap<>();
        private final Map<String, List<Item<T>>> behind = new HashMap<>();
        private final List<Item<T>> lost = new ArrayList<>();
        private final List<Item<T>> placed = new ArrayList<>();
        // by identity: the equality of what is placed is somebody else's code
        private final Set<Item<T>> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        Placing(List<Item<T>> items) {
            this.items = items;
            items.forEach(item -> named.putIfAbsent(item.name(), item));
        }

        Order<T> order() {
            List<Item<T>> roots = new ArrayList<>();
            for (Item<T> item : items) {
                Optional<String> neighbour = item.neighbour();
                if (neighbour.isEmpty()) {
                    roots.add(item);
                } else if (named.containsKey(neighbour.get())) {
                    (item.position() instanceof Position.Before ? inFront : behind)
                            .computeIfAbsent(neighbour.get(), ignored -> new ArrayList<>())
                            .add(item);
                } else {
                    lost.add(item);
                    roots.add(item);
                }
            }
            Comparator<Item<T>> byName = Comparator.comparing(Item::name);
            inFront.values().forEach(list -> list.sort(byName));
            behind.values().forEach(list -> list.sort(byName));
            roots.forEach(this::place);
            seen.addAll(placed);
            List<Item<T>> waiting =
                    items.stream().filter(item -> !seen.contains(item)).toList();
            List<List<Item<T>>> circles = circles(waiting);
            placed.addAll(waiting);
            return new Order<>(placed.stream().map(Item::value).toList(), lost, circles);
        }

        private void place(Item<T> item) {
            boolean meant = named.get(item.name()) == item;
            if (meant) {
                inFront.getOrDefault(item.name(), List.of()).forEach(this::place);
            }
            placed.add(item);
            if (meant) {
                behind.getOrDefault(item.name(), List.of()).forEach(this::place);
            }
        }

        /** Whoever is not placed by now waits for a circle: follow the wishes until a name comes again. */
        private List<List<Item<T>>> circles(List<Item<T>> waiting) {
            List<List<Item<T>>> circles = new ArrayList<>();
            for (Item<T> start : waiting) {
                List<Item<T>> path = new ArrayList<>();
                Item<T> at = start;
                while (seen.add(at)) {
                    path.add(at);
                    at = named.get(at.neighbour().orElseThrow());
                }
                int turn = path.indexOf(at);
                if (turn >= 0) {
                    circles.add(fromFirstName(path.subList(turn, path.size())));
                }
            }
            return circles;
        }

        private static <T> List<Item<T>> fromFirstName(List<Item<T>> circle) {
            int first = 0;
            for (int i = 1; i < circle.size(); i++) {
                if (circle.get(i).name().compareTo(circle.get(first).name()) < 0) {
                    first = i;
                }
            }
            List<Item<T>> turned = new ArrayList<>(circle.subList(first, circle.size()));
            turned.addAll(circle.subList(0, first));
            return turned;
        }
    }
}
