package dev.gaze.core.wildcard;

import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.template.Circles;
import dev.gaze.core.template.ListPool;
import dev.gaze.core.template.Pool;
import dev.gaze.core.template.WildcardSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wildcard files below some roots. They are looked at whenever a run begins; what changed is read again. Safe for use
 * by several threads.
 */
public final class WildcardLibrary {
    private final List<Path> roots;
    private final FileReading reading;
    private State state;

    /**
     * What was found.
     *
     * @param roots the content of the files of each root
     * @param scanned what is wrong with the folders
     * @param index finds their lists
     */
    record State(List<Map<Path, FileContent>> roots, List<Problem> scanned, WildcardIndex index) {
        Collection<FileContent> files() {
            List<FileContent> all = new ArrayList<>();
            roots.forEach(root -> all.addAll(root.values()));
            return all;
        }

        /** What is wrong with folders and files; looks at the references of every list in memory. */
        List<Problem> problems() {
            List<Problem> all = new ArrayList<>(scanned);
            files().forEach(file -> all.addAll(file.allProblems()));
            all.addAll(Circles.among(inMemory(), index));
            return all;
        }

        private List<Pool> inMemory() {
            return files().stream()
                    .flatMap(file -> file.lists().stream())
                    .map(list -> list.pool().get())
                    .filter(ListPool.class::isInstance)
                    .toList();
        }
    }

    /**
     * A library of some roots. Nothing is read before it is used.
     *
     * @param roots where wildcard files lie, the first wins; they need not exist
     * @param time the clock
     */
    public WildcardLibrary(List<Path> roots, Time time) {
        this.roots = List.copyOf(roots);
        reading = new FileReading(time);
        state = nothing();
    }

    private State nothing() {
        List<Map<Path, FileContent>> empty = new ArrayList<>();
        roots.forEach(root -> empty.add(Map.of()));
        return new State(empty, List.of(), new WildcardIndex(List.of()));
    }

    /**
     * Where wildcards are found now.
     *
     * @return a source that stays as it is
     */
    public WildcardSource source() {
        return state().index;
    }

    List<Path> roots() {
        return roots;
    }

    /** What is there now; files that look as they did are not read. */
    synchronized State state() {
        List<Map<Path, FileContent>> now = new ArrayList<>();
        List<Problem> scanned = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < roots.size(); i++) {
            FolderScan scan = FolderScan.of(roots.get(i));
            scanned.addAll(scan.problems());
            Map<Path, FileContent> before = state.roots.get(i);
            Map<Path, FileContent> files = new LinkedHashMap<>();
            for (FolderScan.Found found : scan.files()) {
                FileContent known = before.get(found.path());
                boolean same = known != null && known.settled() && known.file().equals(found);
                files.put(found.path(), same ? known : reading.read(found));
                changed |= !same;
            }
            changed |= files.size() != before.size();
            now.add(files);
        }
        if (changed || !scanned.equals(state.scanned)) {
            state = new State(now, scanned, new WildcardIndex(values(now)));
        }
        return state;
    }

    private static List<Collection<FileContent>> values(List<Map<Path, FileContent>> roots) {
        List<Collection<FileContent>> values = new ArrayList<>();
        roots.forEach(root -> values.add(root.values()));
        return values;
    }

    /** Reads everything again. */
    synchronized State reload() {
        state = nothing();
        return state();
    }
}
