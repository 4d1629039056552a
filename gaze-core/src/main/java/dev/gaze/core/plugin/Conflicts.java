package dev.gaze.core.plugin;

import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.Position;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what declarations have against one another. The same rules for every space of names. */
final class Conflicts {
    private final List<Problem> problems = new ArrayList<>();

    List<Problem> problems() {
        return problems;
    }

    void add(String what, Object where, @Nullable String fix) {
        problems.add(new Problem(what, where.toString(), fix));
    }

    /** The first of every name, in the order given; a name that stands more than once is a problem. */
    <E extends Extension> List<Declared<E>> unique(Space space, List<Declared<E>> declared) {
        Map<String, List<Declared<E>>> byId = new LinkedHashMap<>();
        declared.forEach(one ->
                byId.computeIfAbsent(one.id(), ignored -> new ArrayList<>()).add(one));
        byId.forEach((id, same) -> {
            List<Plugin> by = same.stream().map(Declared::by).distinct().toList();
            boolean oneIdOfSeveralPlugins =
                    by.size() > 1 && by.stream().map(Plugin::id).distinct().count() == 1;
            if (same.size() > 1 && !oneIdOfSeveralPlugins) { // two plugins of one id are a problem of their own
                add(
                        space.title(id) + " is declared " + times(same.size()),
                        and(by.stream().map(Plugin::toString).toList()),
                        by.size() == 1 ? "declare it once" : remedy(by));
            }
        });
        return byId.values().stream().map(same -> same.get(0)).toList();
    }

    /** Everything of a space in the order asked for; lost neighbours and circles are problems. */
    <E extends Extension> List<Declared<E>> arranged(Space space, List<Declared<E>> declared) {
        Order<Declared<E>> order =
                Order.of(declared.stream().map(Declared::item).toList());
        List<String> names = order.sorted().stream().map(Declared::id).toList();
        order.lost().forEach(item -> lost(space, item.value(), names));
        order.circles().forEach(circle -> circle(space, circle));
        return order.sorted();
    }

    private <E extends Extension> void lost(Space space, Declared<E> declared, List<String> names) {
        String neighbour = declared.item().neighbour().orElseThrow();
        add(
                "%s wants to stand %s %s, which nobody declares"
                        .formatted(space.title(declared.id()), side(declared.position()), space.name(neighbour)),
                declared.by(),
                meant(
                        neighbour,
                        names.stream()
                                .filter(name -> !name.equals(declared.id()))
                                .toList(),
                        space.plural()));
    }

    private <E extends Extension> void circle(Space space, List<Order.Item<Declared<E>>> circle) {
        Declared<E> first = circle.get(0).value();
        String what = circle.size() == 1
                ? "%s wants to stand %s itself".formatted(space.title(first.id()), side(first.position()))
                : space.plural() + " stand in a circle: " + wishes(circle);
        add(
                what,
                and(circle.stream()
                        .map(item -> item.value().by().toString())
                        .distinct()
                        .toList()),
                "let one of them ask for another neighbour");
    }

    static String wishes(List<? extends Order.Item<?>> circle) {
        return circle.stream()
                .map(item -> "'%s' %s '%s'"
                        .formatted(
                                item.name(),
                                side(item.position()),
                                item.neighbour().orElseThrow()))
                .collect(Collectors.joining(", "));
    }

    static String side(Position position) {
        return position instanceof Position.Before ? "before" : "after";
    }

    /** {@code did you mean 'outfit'? Slots: character, outfit, action, style}. */
    static String meant(String given, Collection<String> known, String plural) {
        List<String> near = NearestNames.of(given, known);
        String names = plural + ": " + (known.isEmpty() ? "none" : String.join(", ", known));
        return near.isEmpty() ? names : "did you mean '" + String.join("' or '", near) + "'? " + names;
    }

    private static String remedy(List<Plugin> by) {
        Plugin last = by.get(by.size() - 1); // GAZE's own stand first, so it is never ours that is to go
        return by.get(0).own()
                ? "give yours another name, or " + Failure.leaveOut(last.id())
                : "remove one jar, or keep both and "
                        + Failure.leaveOut(last.id()).replace("leave it", "leave one");
    }

    static String times(int count) {
        return count == 2 ? "twice" : count + " times";
    }

    static String and(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
