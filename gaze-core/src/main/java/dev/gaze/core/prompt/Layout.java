package dev.gaze.core.prompt;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.Section;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.core.plugin.Installed;
import dev.gaze.core.plugin.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the declared categories mean for a prompt, worked out once: which fields stand in which block and in what order,
 * what feeds face and hand, and who comes first. Immutable.
 */
final class Layout {
    /** A field as one category declares it, and the block it is written into. */
    record Place(String block, FieldAddress address, Section section, Field field) {
        boolean isTopLevel() {
            return section.name().equals(FieldAddress.SPECIAL);
        }
    }

    /** One address in one block, with the place every category gives it. */
    record Line(FieldAddress address, Map<String, Place> byCategory) {}

    /** A block and its lines in the order in which they are written. */
    record BlockLines(String block, List<Line> lines) {}

    private final List<Category> categories;
    private final List<BlockLines> blocks;
    private final Map<String, List<Place>> places = new HashMap<>();
    private final List<FieldAddress> face;
    private final List<FieldAddress> hand;
    private final Set<FieldAddress> known = new HashSet<>();
    private final Map<String, Integer> ranks = new HashMap<>();
    private final Map<String, Integer> slotRanks = new HashMap<>();

    private Layout(List<Category> categories, List<Block> declared, List<LoraSlot> slots) {
        this.categories = categories;
        Map<String, Map<FieldAddress, Line>> lines = new LinkedHashMap<>();
        declared.forEach(block -> lines.put(block.id(), new LinkedHashMap<>()));
        for (Category category : categories) {
            ranks.put(category.id(), ranks.size());
            List<Place> own = placesOf(category);
            own.forEach(place -> lines.computeIfAbsent(place.block, ignored -> new LinkedHashMap<>())
                    .computeIfAbsent(place.address, address -> new Line(address, new HashMap<>()))
                    .byCategory
                    .put(category.id(), place));
            own.forEach(place -> known.add(place.address));
            places.put(category.id(), own);
        }
        known.add(FieldAddress.TRIGGERS);
        blocks = lines.entrySet().stream()
                .map(block -> new BlockLines(
                        block.getKey(), List.copyOf(block.getValue().values())))
                .toList();
        List<String> order = blocks.stream().map(BlockLines::block).toList();
        places.replaceAll((category, own) -> own.stream()
                .sorted(Comparator.comparingInt(place -> order.indexOf(place.block)))
                .toList());
        slots.forEach(slot -> slot.categories().forEach(name -> slotRanks.putIfAbsent(name, slotRanks.size())));
        face = feeding(Field::faceFeed);
        hand = feeding(Field::handFeed);
    }

    static Layout of(Installed installed) {
        return new Layout(installed.categories(), installed.blocks(), installed.slots());
    }

    /** The layout when some categories are read in another way, or are not installed at all. */
    static Layout of(Installed installed, List<Category> others) {
        Map<String, Category> all = new LinkedHashMap<>();
        installed.categories().forEach(category -> all.put(category.id(), category));
        others.forEach(category -> all.put(category.id(), category));
        return new Layout(List.copyOf(all.values()), installed.blocks(), installed.slots());
    }

    private static List<Place> placesOf(Category category) {
        List<Place> places = new ArrayList<>();
        for (Section section : category.sections()) {
            for (Field field : section.fields()) {
                String block = field.block();
                places.add(new Place(block == null ? section.block() : block, section.address(field), section, field));
            }
        }
        return places;
    }

    private List<FieldAddress> feeding(Function<Field, Field.@Nullable Feed> feed) {
        Map<FieldAddress, Order.Item<FieldAddress>> items = new LinkedHashMap<>();
        for (BlockLines block : blocks) {
            for (Line line : block.lines) {
                for (Category category : categories) {
                    Place place = line.byCategory.get(category.id());
                    Field.Feed wish = place == null ? null : feed.apply(place.field);
                    if (wish != null) {
                        items.putIfAbsent(
                                line.address, new Order.Item<>(line.address.toString(), wish.position(), line.address));
                    }
                }
            }
        }
        return Order.of(List.copyOf(items.values())).sorted();
    }

    /** The blocks of the main prompt in order, the negative among them if a field names it. */
    List<BlockLines> blocks() {
        return blocks;
    }

    /** The fields of one category in block order. */
    List<Place> places(Category category) {
        return places.getOrDefault(category.id(), List.of());
    }

    /** The addresses that feed the face prompt, in its order. */
    List<FieldAddress> face() {
        return face;
    }

    /** The addresses that feed the hand prompt, in its order. */
    List<FieldAddress> hand() {
        return hand;
    }

    /** Every address somebody declares. */
    Set<FieldAddress> known() {
        return known;
    }

    /** Whether this layout was made with exactly this declaration. */
    boolean knows(Category category) {
        Integer rank = ranks.get(category.id());
        return rank != null && categories.get(rank) == category;
    }

    /** The place of a category among the categories. */
    int rank(Category category) {
        return ranks.getOrDefault(category.id(), ranks.size());
    }

    /** The place of a category in the LoRA chain; those that fill no slot stand behind, by category. */
    int slotRank(Category category) {
        return slotRanks.getOrDefault(category.id(), slotRanks.size() + rank(category));
    }
}
