package dev.gaze.core.wildcard;

import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What a wildcard file holds.
 *
 * @param file which
 * @param settled whether any later change shows in its size or time
 * @param lists its lists, in order
 * @param nodes its objects, in order
 * @param problems what is wrong with it; a broken file has no lists
 */
record FileContent(
        FolderScan.Found file, boolean settled, List<WordList> lists, List<ObjectNode> nodes, List<Problem> problems) {

    FileContent {
        lists = List.copyOf(lists);
        nodes = List.copyOf(nodes);
        problems = List.copyOf(problems);
    }

    /** What is wrong with it, and with those of its lists that were scanned since. */
    List<Problem> allProblems() {
        List<Problem> all = new ArrayList<>(problems);
        for (WordList list : lists) {
            if (list.pool().get() instanceof LinePool lines) {
                all.addAll(lines.problems());
            }
        }
        return all;
    }
}
