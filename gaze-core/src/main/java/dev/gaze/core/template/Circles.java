package dev.gaze.core.template;

import dev.gaze.api.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds wildcards that lead back to themselves, before anybody chooses one of them. References whose path only comes about
 * in a run are not followed. Lists are taken away one by one that lead nowhere any more; what is left goes in circles.
 */
public final class Circles {
    private final WildcardSource source;
    private final Map<Origin, Integer> numbers = new IdentityHashMap<>();
    private final Map<Pool, Set<Integer>> origins = new IdentityHashMap<>();
    private final List<Origin> lists = new ArrayList<>();
    private final List<Set<Integer>> leads = new ArrayList<>();

    private Circles(WildcardSource source) {
        this.source = source;
    }

    /**
     * The circles among some lists.
     *
     * @param pools the lists, each with entries of one origin
     * @param source where their references are looked up
     * @return a problem for each circle; one that shares a list with another may only be told once that is taken apart
     */
    public static List<Problem> among(Iterable<? extends Pool> pools, WildcardSource source) {
        Circles circles = new Circles(source);
        for (Pool pool : pools) {
            for (long i = 0; i < pool.size(); i++) {
                Entry entry = pool.entry(i);
                Origin origin = entry.origin();
                if (origin != null) {
                    circles.follow(entry.node(), origin, circles.leads.get(circles.number(origin)));
                }
            }
        }
        return circles.problems();
    }

    private int number(Origin list) {
        return numbers.computeIfAbsent(list, added -> {
            lists.add(added);
            leads.add(new LinkedHashSet<>());
            return lists.size() - 1;
        });
    }

    // Following references -------------------------------------------------------------------------------------------

    private void follow(@Nullable Node node, Origin from, Set<Integer> to) {
        if (node instanceof Node.Sequence sequence) {
            sequence.parts().forEach(part -> follow(part, from, to));
        } else if (node instanceof Node.Choice choice) {
            follow(choice.only(), from, to);
            for (long i = 0; i < choice.options().size(); i++) {
                follow(choice.options().entry(i).node(), from, to);
            }
        } else if (node instanceof Node.Reference reference) {
            if (reference.path() instanceof Node.Text path) {
                look(path.text(), from, to);
            }
            reference.arguments().forEach(argument -> follow(argument.value(), from, to));
        } else if (node instanceof Node.Named named) {
            look(named.name(), from, to);
        } else if (node instanceof Node.NamedPath path) {
            if (!look(path.name() + "/templates/" + path.path(), from, to)) {
                look(path.name() + "/" + path.path(), from, to);
            }
        } else if (node instanceof Node.NamedText text) {
            Origin object = new Origin(from.name(), from.folder(), text.name());
            text.parts().forEach(part -> follow(part, object, to));
        } else if (node instanceof Node.Bracket bracket) {
            look(from.node() + "/" + bracket.path(), from, to);
        } else if (node instanceof Node.Assign assign) {
            follow(assign.value(), from, to);
        } else if (node instanceof Node.Access access) {
            follow(access.otherwise(), from, to);
        } else if (node instanceof Node.Wrap wrap) {
            follow(wrap.frame(), from, to);
            follow(wrap.inside(), from, to);
        } else if (node instanceof Node.Repeat repeat) {
            follow(repeat.what(), from, to);
        }
    }

    private boolean look(String path, Origin from, Set<Integer> to) {
        Pool found = source.find(path, from);
        if (!(found instanceof ListPool inMemory)) {
            return found != null;
        }
        to.addAll(origins.computeIfAbsent(inMemory, this::origins));
        return true;
    }

    /** The lists that entries of a pool come from. */
    private Set<Integer> origins(Pool pool) {
        Set<Integer> all = new LinkedHashSet<>();
        Origin last = null;
        for (long i = 0; i < pool.size(); i++) {
            Origin origin = pool.entry(i).origin();
            if (origin != null && origin != last) {
                all.add(number(origin));
                last = origin;
            }
        }
        return all;
    }

    // Finding circles ------------------------------------------------------------------------------------------------

    private List<Problem> problems() {
        boolean[] leadsOn = leadingOn();
        boolean[] told = new boolean[lists.size()];
        List<Problem> problems = new ArrayList<>();
        for (int start = 0; start < lists.size(); start++) {
            Set<Integer> way = new LinkedHashSet<>();
            int here = start;
            while (leadsOn[here] && !told[here]) {
                told[here] = true;
                way.add(here);
                here = leads.get(here).stream()
                        .filter(next -> leadsOn[next])
                        .findFirst()
                        .orElseThrow();
            }
            if (way.contains(here)) {
                problems.add(problem(way, here));
            }
        }
        return problems;
    }

    /** Which lists lead on and on. */
    private boolean[] leadingOn() {
        List<List<Integer>> from = new ArrayList<>();
        lists.forEach(list -> from.add(new ArrayList<>()));
        int[] open = new int[lists.size()];
        boolean[] leadsOn = new boolean[lists.size()];
        Deque<Integer> ends = new ArrayDeque<>();
        for (int i = 0; i < lists.size(); i++) {
            int list = i;
            leads.get(i).forEach(next -> from.get(next).add(list));
            open[i] = leads.get(i).size();
            leadsOn[i] = open[i] > 0;
            if (!leadsOn[i]) {
                ends.add(i);
            }
        }
        while (!ends.isEmpty()) {
            for (int before : from.get(ends.remove())) {
                if (--open[before] == 0) {
                    leadsOn[before] = false;
                    ends.add(before);
                }
            }
        }
        return leadsOn;
    }

    private Problem problem(Set<Integer> way, int again) {
        String name = lists.get(again).name();
        String circle = way.stream()
                .dropWhile(list -> list != again)
                .map(list -> lists.get(list).name() + " → ")
                .collect(Collectors.joining());
        return Problem.of("Wildcards go in a circle: " + circle + name).at(name).fix("take the circle apart");
    }
}
