package dev.gaze.core.wildcard;

import dev.gaze.core.template.ListPool;
import dev.gaze.core.template.Origin;
import dev.gaze.core.template.Pool;
import dev.gaze.core.template.WildcardSource;
import dev.gaze.core.wildcard.Answers.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds lists by the look-up rules: by path, by alias, relative to the folder of whoever asks, by the end of a path, then
 * objects in the same order. Case makes no difference, {@code \} is {@code /}, a blank is {@code -}. Immutable but for what
 * it remembers of earlier questions; safe for use by several threads.
 */
final class WildcardIndex implements WildcardSource {
    private static final int MOST_REMEMBERED = 10_000;
    /** Some 30 MB: a copy holds places for entries, not their texts. */
    private static final long MOST_COPIED = 2_000_000;

    private final Names<WordList> lists = new Names<>();
    private final Names<ObjectNode> nodes = new Names<>();
    private final Answers answers = new Answers(MOST_REMEMBERED, MOST_COPIED);

    /**
     * An index of several roots.
     *
     * @param roots what each root holds, the first wins
     */
    WildcardIndex(List<? extends Collection<FileContent>> roots) {
        for (Collection<FileContent> root : roots) {
            Names<WordList> ownLists = new Names<>();
            Names<ObjectNode> ownNodes = new Names<>();
            for (FileContent file : root) {
                file.lists().forEach(list -> ownLists.add(list.path(), list.alias(), list));
                file.nodes().forEach(node -> ownNodes.add(node.path(), node.alias(), node));
            }
            lists.addNew(ownLists);
            nodes.addNew(ownNodes);
        }
    }

    /** What there is under names: by path, by alias, and by every end of either. */
    private static final class Names<T> {
        private final Map<String, List<T>> paths = new LinkedHashMap<>();
        private final Map<String, List<T>> aliases = new LinkedHashMap<>();
        private final Map<String, Set<T>> ends = new LinkedHashMap<>();

        void add(@Nullable String path, @Nullable String alias, T item) {
            if (path != null) {
                paths.computeIfAbsent(key(path), ignored -> new ArrayList<>()).add(item);
            }
            if (alias != null) {
                aliases.computeIfAbsent(key(alias), ignored -> new ArrayList<>())
                        .add(item);
            }
        }

        /** Takes over what is not there yet. */
        void addNew(Names<T> later) {
            later.paths.forEach((path, items) -> addEnds(path, paths.putIfAbsent(path, items), items));
            later.aliases.forEach((alias, items) -> addEnds(alias, aliases.putIfAbsent(alias, items), items));
        }

        private void addEnds(String name, @Nullable List<T> already, List<T> items) {
            if (already == null) {
                for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                    ends.computeIfAbsent(name.substring(slash + 1), ignored -> new LinkedHashSet<>())
                            .addAll(items);
                }
            }
        }

        /** By path, by alias, relative, by the end. */
        Collection<T> find(String key, String folder) {
            Collection<T> found = exact(key);
            if (found == null && !folder.isEmpty()) {
                found = exact(folder + "/" + key);
            }
            if (found == null) {
                found = ends.get(key);
            }
            return found == null ? List.of() : found;
        }

        private @Nullable Collection<T> exact(String key) {
            List<T> found = paths.get(key);
            return found == null ? aliases.get(key) : found;
        }

        /** All whose path a pattern matches. */
        Collection<T> matching(String pattern) {
            Set<T> found = new LinkedHashSet<>();
            paths.forEach((path, items) -> {
                if (matches(pattern, path)) {
                    found.addAll(items);
                }
            });
            return found;
        }
    }

    @Override
    public @Nullable Pool find(String path, Origin from) {
        String key = key(path);
        if (key.isEmpty() || key.equals("..") || ("/" + key + "/").contains("/../")) {
            return null;
        }
        return answers.to(from.folder() + "\n" + key, () -> look(key, key(from.folder())))
                .pool();
    }

    @Override
    public Collection<String> names() {
        return lists.paths.keySet();
    }

    private Answer look(String key, String folder) {
        if (key.indexOf('*') >= 0 || key.indexOf('?') >= 0) {
            Collection<WordList> found = lists.matching(key);
            return answer(found.isEmpty() && !folder.isEmpty() ? lists.matching(folder + "/" + key) : found, List::of);
        }
        Answer found = answer(lists.find(key, folder), List::of);
        return found.pool() != null ? found : answer(nodes.find(key, folder), ObjectNode::lists);
    }

    private static <T> Answer answer(Collection<T> found, Function<T, List<WordList>> lists) {
        Set<WordList> all = new LinkedHashSet<>();
        found.forEach(item -> all.addAll(lists.apply(item)));
        if (all.isEmpty()) {
            return Answer.NONE;
        }
        Pool pool = JoinedPool.of(all.stream().map(list -> list.pool().get()).toList());
        return new Answer(pool, all.size() == 1 ? 0 : pool instanceof ListPool ? pool.size() : all.size());
    }

    /** A name as it is compared. */
    static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        for (char c : name.strip().toLowerCase(Locale.ROOT).toCharArray()) {
            char plain = c == '\\' ? '/' : c == ' ' ? '-' : c;
            boolean slash = plain == '/' && (key.length() == 0 || key.charAt(key.length() - 1) == '/');
            if (!slash) {
                key.append(plain);
            }
        }
        if (key.length() > 0 && key.charAt(key.length() - 1) == '/') {
            key.setLength(key.length() - 1);
        }
        return key.toString();
    }

    /** Whether a pattern matches all of a text; {@code *} stands for any letters, {@code ?} for one. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
