package dev.gaze.core.plugin;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Section;
import dev.gaze.api.plugin.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What categories must agree on: folders of their own, blocks that exist, neighbours that exist.
 *
 * <p>A field that is silent while an asset of another category is chosen ({@code unlessChosen}) may name a category
 * nobody declares: none of it can be chosen then, so the field is simply never silent. The same holds for a field that
 * stands in for fields of a section nobody has. Both let a category speak of another that may be left out.
 */
final class CategoryRules {
    /** Holds workflow templates, beside the folders of the categories. */
    private static final String TEMPLATES = "workflows";

    private final List<Declared<Category>> categories;
    private final Set<String> names;
    private final List<String> blocks;
    private final Conflicts conflicts;

    CategoryRules(List<Declared<Category>> categories, List<String> blocks, Conflicts conflicts) {
        this.categories = categories;
        this.names = categories.stream().map(Declared::id).collect(Collectors.toCollection(LinkedHashSet::new));
        this.blocks = blocks;
        this.conflicts = conflicts;
    }

    void check() {
        folders();
        for (Declared<Category> category : categories) {
            addresses(category);
            blocks(category);
            replaced(category);
            insteadOf(category);
        }
        feeds("face", Field::faceFeed);
        feeds("hand", Field::handFeed);
    }

    /** The block a field is written into; null when it is written into none. */
    static @Nullable String block(Section section, Field field) {
        return field.silent() ? null : field.block() != null ? field.block() : section.block();
    }

    private void folders() {
        Map<String, List<Declared<Category>>> byFolder = new LinkedHashMap<>();
        for (Declared<Category> category : categories) {
            byFolder.computeIfAbsent(category.extension().folder(), ignored -> new ArrayList<>())
                    .add(category);
        }
        byFolder.forEach((folder, sharing) -> {
            Declared<Category> last = sharing.get(sharing.size() - 1);
            String fix = "give one of them its own: Category.named(\"%s\").folder(…)".formatted(last.id());
            if (sharing.size() > 1) {
                conflicts.add(
                        "Categories %s share the folder '%s'"
                                .formatted(
                                        Conflicts.and(sharing.stream()
                                                .map(one -> "'" + one.id() + "'")
                                                .toList()),
                                        folder),
                        Conflicts.and(sharing.stream()
                                .map(one -> one.by().toString())
                                .distinct()
                                .toList()),
                        fix);
            } else if (folder.equals(TEMPLATES)) {
                conflicts.add(
                        "Category '%s' wants the folder '%s', which holds the workflow templates"
                                .formatted(last.id(), folder),
                        last.by(),
                        fix.replace("one of them its own", "it another"));
            }
        });
    }

    private void addresses(Declared<Category> category) {
        Set<FieldAddress> seen = new HashSet<>();
        for (Section section : category.extension().sections()) {
            for (Field field : section.fields()) {
                if (!seen.add(section.address(field))) {
                    conflicts.add(
                            "Field '%s' of category '%s' is declared twice"
                                    .formatted(section.address(field), category.id()),
                            category.by(),
                            "declare it once");
                }
            }
        }
    }

    private void blocks(Declared<Category> category) {
        Set<String> told = new HashSet<>();
        for (Section section : category.extension().sections()) {
            for (Field field : section.fields()) {
                String block = block(section, field);
                if (block == null || block.equals(Block.NEGATIVE) || blocks.contains(block) || !told.add(block)) {
                    continue;
                }
                if (block.equals(FieldAddress.SPECIAL)) {
                    conflicts.add(
                            "Field '%s' of category '%s' stands at the top level and names no block"
                                    .formatted(field.key(), category.id()),
                            category.by(),
                            "say where its words go, Field.key(\"%s\").in(…), or notWritten(). Blocks: %s"
                                    .formatted(field.key(), String.join(", ", blocks)));
                } else {
                    conflicts.add(
                            "Field '%s' of category '%s' is written into block '%s', which nobody declares"
                                    .formatted(section.address(field), category.id(), block),
                            category.by(),
                            Conflicts.meant(block, blocks, Space.BLOCK.plural()));
                }
            }
        }
    }

    private void replaced(Declared<Category> category) {
        category.extension().insteadOf().ifPresent(other -> {
            if (other.equals(category.id())) {
                conflicts.add(
                        "Category '%s' stands in for itself".formatted(other), category.by(), "leave insteadOf(…) out");
            } else if (!names.contains(other)) {
                conflicts.add(
                        "Category '%s' stands in for category '%s', which nobody declares"
                                .formatted(category.id(), other),
                        category.by(),
                        Conflicts.meant(other, names, Space.CATEGORY.plural()));
            }
        });
    }

    private void insteadOf(Declared<Category> category) {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        fields((declared, section, field) -> keys.computeIfAbsent(section.name(), ignored -> new LinkedHashSet<>())
                .add(field.alias()));
        for (Section section : category.extension().sections()) {
            for (Field field : section.fields()) {
                for (FieldAddress other : field.insteadOf()) {
                    Set<String> known = keys.get(other.section());
                    if (known != null && !known.contains(other.key())) {
                        conflicts.add(
                                "Field '%s' of category '%s' stands in for field '%s', which nobody declares"
                                        .formatted(section.address(field), category.id(), other),
                                category.by(),
                                Conflicts.meant(other.key(), known, "Fields of " + other.section()));
                    }
                }
            }
        }
    }

    /** Fields of one address may stand in several categories; the first wish among them counts here. */
    private void feeds(String text, Function<Field, Field.@Nullable Feed> feed) {
        record Feeder(Declared<Category> category, FieldAddress address) {}
        Map<String, Order.Item<Feeder>> feeders = new LinkedHashMap<>();
        fields((category, section, field) -> {
            Field.Feed fed = feed.apply(field);
            if (fed != null) {
                FieldAddress address = section.address(field);
                Position wish = Objects.requireNonNullElse(fed.position(), Position.ANYWHERE);
                feeders.merge(
                        address.toString(),
                        new Order.Item<>(address.toString(), wish, new Feeder(category, address)),
                        (first, second) -> first.neighbour().isPresent() ? first : second);
            }
        });
        Order<Feeder> order = Order.of(List.copyOf(feeders.values()));
        for (Order.Item<Feeder> lost : order.lost()) {
            String neighbour = lost.neighbour().orElseThrow();
            conflicts.add(
                    "Field '%s' of category '%s' wants to stand %s '%s' in the %s prompt, which no field of that address feeds"
                            .formatted(
                                    lost.name(),
                                    lost.value().category().id(),
                                    Conflicts.side(lost.position()),
                                    neighbour,
                                    text),
                    lost.value().category().by(),
                    Conflicts.meant(
                            neighbour,
                            feeders.keySet().stream()
                                    .filter(name -> !name.equals(lost.name()))
                                    .toList(),
                            "Fields that feed it"));
        }
        for (List<Order.Item<Feeder>> circle : order.circles()) {
            conflicts.add(
                    "Fields of the %s prompt stand in a circle: %s".formatted(text, Conflicts.wishes(circle)),
                    Conflicts.and(circle.stream()
                            .map(item -> item.value().category().by().toString())
                            .distinct()
                            .toList()),
                    "let one of them ask for another neighbour");
        }
    }

    private interface Visitor {
        void visit(Declared<Category> category, Section section, Field field);
    }

    private void fields(Visitor visitor) {
        for (Declared<Category> category : categories) {
            for (Section section : category.extension().sections()) {
                section.fields().forEach(field -> visitor.visit(category, section, field));
            }
        }
    }
}
