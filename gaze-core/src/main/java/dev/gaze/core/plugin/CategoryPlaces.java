package dev.gaze.core.plugin;

import dev.gaze.api.asset.Block;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Section;
import dev.gaze.api.plugin.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gives categories that have no wish but declare a block of their own a place that follows that block.
 *
 * <p>A category whose block stands behind another block stands directly behind the last category that feeds the nearest
 * block in front of it; one whose block stands in front of another, directly in front of the first category that feeds
 * the nearest block behind. So {@code pose}, with its block behind {@code action}, stands behind the category
 * {@code action}. Of those that feed a block, the ones of the plugin that declares it count first, so that a third
 * plugin cannot move two others apart. Where nobody feeds any block on that side, the other side decides.
 *
 * <p>Only categories that have a place already count as neighbours: those without a block of their own, then one after
 * another those placed here, in the order of their blocks. Hence no circles.
 */
final class CategoryPlaces {
    private final List<Declared<Block>> blocks;
    private final List<Placed> placed = new ArrayList<>();

    /** @param home the index of the block it stands by; -1 when it has none of its own */
    private record Placed(Declared<Category> category, int home) {}

    private CategoryPlaces(List<Declared<Block>> blocks) {
        this.blocks = blocks;
    }

    /**
     * Adds the wishes that follow from blocks.
     *
     * @param categories in the order of declaration
     * @param blocks in their final order
     * @return the categories in the same order
     */
    static List<Declared<Category>> wishes(List<Declared<Category>> categories, List<Declared<Block>> blocks) {
        return new CategoryPlaces(blocks).wishes(categories);
    }

    private List<Declared<Category>> wishes(List<Declared<Category>> categories) {
        List<Declared<Category>> result = new ArrayList<>(categories);
        List<Placed> following = new ArrayList<>();
        List<Placed> leading = new ArrayList<>();
        for (Declared<Category> category : categories) {
            if (category.position().equals(Position.ANYWHERE)) {
                int home = home(category);
                (home < 0 ? placed : blocks.get(home).position() instanceof Position.Before ? leading : following)
                        .add(new Placed(category, home));
            }
        }
        following.sort(Comparator.comparingInt(Placed::home));
        leading.sort(Comparator.comparingInt(Placed::home).reversed());
        following.forEach(one -> settle(one, behind(one.home()).or(() -> inFront(one.home())), result));
        leading.forEach(one -> settle(one, inFront(one.home()).or(() -> behind(one.home())), result));
        return result;
    }

    private void settle(Placed one, Optional<Position> wish, List<Declared<Category>> result) {
        wish.ifPresent(position ->
                result.set(result.indexOf(one.category()), one.category().at(position)));
        placed.add(one);
    }

    private int home(Declared<Category> category) {
        for (Section section : category.extension().sections()) {
            if (section.position() != null && !section.position().equals(Position.ANYWHERE)) {
                for (int i = 0; i < blocks.size(); i++) {
                    if (blocks.get(i).id().equals(section.block())) {
                        return i;
                    }
                }
            }
        }
        return -1;
    }

    private Optional<Position> behind(int home) {
        for (int i = home - 1; i >= 0; i--) {
            List<String> feeding = feeding(i);
            if (!feeding.isEmpty()) {
                return Optional.of(Position.after(feeding.get(feeding.size() - 1)));
            }
        }
        return Optional.empty();
    }

    private Optional<Position> inFront(int home) {
        for (int i = home + 1; i < blocks.size(); i++) {
            List<String> feeding = feeding(i);
            if (!feeding.isEmpty()) {
                return Optional.of(Position.before(feeding.get(0)));
            }
        }
        return Optional.empty();
    }

    private List<String> feeding(int index) {
        Declared<Block> block = blocks.get(index);
        List<Declared<Category>> feeding = placed.stream()
                .filter(one -> one.home() < 0 ? feeds(one.category().extension(), block.id()) : one.home() == index)
                .map(Placed::category)
                .toList();
        List<Declared<Category>> ofItsPlugin = feeding.stream()
                .filter(category -> category.by().equals(block.by()))
                .toList();
        return (ofItsPlugin.isEmpty() ? feeding : ofItsPlugin)
                .stream().map(Declared::id).toList();
    }

    private static boolean feeds(Category category, String block) {
        return category.sections().stream()
                .anyMatch(section ->
                        section.fields().stream().anyMatch(field -> block.equals(CategoryRules.block(section, field))));
    }
}
