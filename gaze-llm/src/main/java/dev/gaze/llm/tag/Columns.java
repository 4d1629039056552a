package dev.gaze.llm.tag;

import dev.gaze.api.tag.TagCategories;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which column of a list is what, counted from 0; -1 for one it does not have. A header tells; without one the numbers in
 * the first rows do.
 *
 * @param name where the name is
 * @param category where the number of the category is
 * @param count where the count is
 * @param aliases where the aliases are
 * @param header whether the first row is a header
 */
record Columns(int name, int category, int count, int aliases, boolean header) {
    private static final Set<String> NAMES = Set.of("name", "tag", "tags", "tag_name");
    private static final Set<String> CATEGORIES = Set.of("category", "type", "tag_type", "category_id");
    private static final Set<String> COUNTS = Set.of("count", "post_count", "posts", "usage");
    private static final Set<String> ALIASES = Set.of("aliases", "alias", "other_names", "antecedents");

    /**
     * The columns of a list.
     *
     * @param rows the fields of its first rows, at least one
     * @param scheme the numbers of the categories
     */
    static Columns of(List<List<String>> rows, TagCategories scheme) {
        List<String> first = rows.get(0).stream()
                .map(cell -> cell.toLowerCase(Locale.ROOT).replace(' ', '_'))
                .toList();
        boolean header =
                first.stream().anyMatch(NAMES::contains) && first.stream().noneMatch(Columns::isNumber);
        if (header) {
            return new Columns(
                    place(first, NAMES), place(first, CATEGORIES), place(first, COUNTS), place(first, ALIASES), true);
        }
        boolean secondIsNumber = all(rows, 1, Columns::isNumber);
        boolean thirdIsNumber = all(rows, 2, Columns::isNumber);
        if (secondIsNumber && thirdIsNumber) {
            return new Columns(0, 1, 2, 3, false);
        }
        if (secondIsNumber) {
            boolean categories = all(rows, 1, cell -> isCategory(cell, scheme));
            return new Columns(0, categories ? 1 : -1, categories ? -1 : 1, 2, false);
        }
        return new Columns(0, -1, -1, 1, false);
    }

    private static int place(List<String> header, Set<String> names) {
        for (int i = 0; i < header.size(); i++) {
            if (names.contains(header.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether some row has this column, and of those that have it more than half fit: bad lines decide nothing. */
    private static boolean all(List<List<String>> rows, int column, Predicate<String> fits) {
        List<String> cells = new ArrayList<>();
        for (List<String> row : rows) {
            if (column < row.size() && !row.get(column).isEmpty()) {
                cells.add(row.get(column));
            }
        }
        return !cells.isEmpty() && cells.stream().filter(fits).count() * 2 > cells.size();
    }

    private static boolean isNumber(String cell) {
        return cell.matches("[+-]?\\d{1,18}");
    }

    private static boolean isCategory(String cell, TagCategories scheme) {
        return isNumber(cell) && scheme.names().containsKey((int) Long.parseLong(cell));
    }
}
