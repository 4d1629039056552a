package dev.gaze.core.history;

import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryQuery;
import dev.gaze.api.history.HistorySearch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a query asks for, in SQL.
 *
 * @param terms all of which must hold
 * @param values by name
 */
record HistoryTerms(List<String> terms, Map<String, Object> values) {

    static HistoryTerms of(HistoryQuery query) {
        HistoryTerms asked = new HistoryTerms(new ArrayList<>(), new HashMap<>());
        if (!query.text().isBlank()) {
            asked.search(query.text(), query.search());
        }
        if (query.mode() != null) {
            asked.add("mode = :mode", "mode", query.mode().id());
        }
        if (query.model() != null) {
            asked.add("model = :model", "model", query.model());
        }
        if (query.parent() != null) {
            asked.add("parent = :parent", "parent", query.parent().value());
        }
        if (query.from() != null) {
            asked.add("made >= :from", "from", HistoryTable.time(query.from()));
        }
        if (query.before() != null) {
            asked.add("made < :before", "before", HistoryTable.time(query.before()));
        }
        return asked;
    }

    /** {@code position} knows no signs with a meaning of their own, as {@code like} does. */
    private void search(String text, HistorySearch search) {
        String folded = HistoryTable.folded(text).strip();
        List<String> wanted = search == HistorySearch.WORDS ? List.of(folded.split("\\s+")) : List.of(folded);
        for (int i = 0; i < wanted.size(); i++) {
            add("position(:text" + i + " in searched) > 0", "text" + i, wanted.get(i));
        }
    }

    private void add(String term, String name, Object value) {
        terms.add(term);
        values.put(name, value);
    }

    HistoryTerms olderThan(HistoryEntry last) {
        HistoryTerms older = new HistoryTerms(new ArrayList<>(terms), new HashMap<>(values));
        older.add("(made < :made or made = :made and id < :id)", "made", HistoryTable.time(last.made()));
        older.values.put("id", last.id().value());
        return older;
    }

    String where() {
        return terms.isEmpty() ? "" : " where " + String.join(" and ", terms);
    }
}
