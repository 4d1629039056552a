package dev.gaze.core.history;

import dev.gaze.api.asset.Page;
import dev.gaze.api.history.History;
import dev.gaze.api.history.HistoryEntry;
import dev.gaze.api.history.HistoryId;
import dev.gaze.api.history.HistoryNote;
import dev.gaze.api.history.HistoryQuery;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.JobId;
import dev.gaze.api.json.Json;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.core.store.Database;
import dev.gaze.core.store.Sql;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The history in the database of a library. */
public final class DatabaseHistory implements History {
    private static final System.Logger LOG = System.getLogger(DatabaseHistory.class.getName());
    private static final int AT_ONCE = 20;
    private static final String NEWEST_FIRST = " order by made desc, id desc";

    private final Supplier<Database> database;
    private final Time time;

    /**
     * The history of a library.
     *
     * @param database where it is kept; asked at every call, as it may be opened in the background
     * @param time the clock
     */
    public DatabaseHistory(Supplier<Database> database, Time time) {
        this.database = database;
        this.time = time;
    }

    private Sql sql() {
        return database.get().sql();
    }

    // Writing --------------------------------------------------------------------------------------------------------

    @Override
    public Optional<HistoryId> add(HistoryNote note) {
        try {
            return Optional.of(sql().inTransaction(handle -> HistoryTable.insert(handle, note, time.now())));
        } catch (RuntimeException failure) { // whatever it is: a history never stands in the way
            LOG.log(Level.WARNING, "Something was not written into the history; the DEBUG log says why");
            LOG.log(Level.DEBUG, "The history refused an entry", failure); // which may tell words of a prompt
            return Optional.empty();
        }
    }

    @Override
    public boolean delete(HistoryId id) {
        return sql().inTransaction(handle -> {
            handle.execute("update prompt_history set parent = null where parent = ?", id.value());
            handle.execute("delete from prompt_history_origin where parent = ?", id.value());
            return handle.execute("delete from prompt_history where id = ?", id.value()) > 0;
        });
    }

    @Override
    public boolean connect(JobId job, @Nullable HistoryId prompt) {
        if (prompt == null) {
            return false;
        }
        boolean known;
        try {
            known = sql().inTransaction(handle -> connect(handle, job, prompt));
        } catch (RuntimeException failure) { // as when adding
            LOG.log(Level.WARNING, "The history could not be told what a job draws; the DEBUG log says why");
            LOG.log(Level.DEBUG, "The history refused a connection", failure);
            return false;
        }
        if (!known) {
            throw unknown(prompt);
        }
        return true;
    }

    private static boolean connect(Handle handle, JobId job, HistoryId prompt) {
        // whoever ends the job holds its row until the job's entry can be seen, and waits for us likewise
        handle.createQuery("select id from job where id = ? for update")
                .bind(0, job.value())
                .mapTo(UUID.class)
                .list();
        if (find(handle, prompt).isEmpty()) {
            return false;
        }
        handle.execute(
                "delete from prompt_history_origin where job = ? or job not in"
                        + " (select id from job where ended is null)",
                job.value());
        int done = handle.execute("update prompt_history set parent = ? where job = ?", prompt.value(), job.value());
        if (done == 0) {
            handle.execute(
                    "insert into prompt_history_origin (job, parent) values (?, ?)", job.value(), prompt.value());
        }
        return true;
    }

    // Looking --------------------------------------------------------------------------------------------------------

    @Override
    public Page<HistoryEntry> list(HistoryQuery query) {
        HistoryTerms terms = HistoryTerms.of(query);
        return sql().withHandle(handle -> {
            List<HistoryEntry> entries = HistoryTable.select(
                    handle,
                    terms.where() + NEWEST_FIRST + " offset " + query.offset() + " rows fetch next " + query.limit()
                            + " rows only",
                    terms.values());
            return new Page<>(entries, query.offset(), total(handle, query, terms, entries.size()));
        });
    }

    /** Counting costs as much as searching, and the last page tells the number itself. */
    private static int total(Handle handle, HistoryQuery query, HistoryTerms terms, int found) {
        boolean last = found < query.limit() && (found > 0 || query.offset() == 0);
        return last
                ? query.offset() + found
                : handle.createQuery("select count(*) from prompt_history" + terms.where())
                        .bindMap(terms.values())
                        .mapTo(Integer.class)
                        .one();
    }

    @Override
    public Optional<HistoryEntry> find(HistoryId id) {
        return sql().withHandle(handle -> find(handle, id));
    }

    private static Optional<HistoryEntry> find(Handle handle, HistoryId id) {
        return HistoryTable.find(handle, "where id = :value", id.value());
    }

    @Override
    public Optional<HistoryEntry> find(JobId job) {
        return sql().withHandle(handle -> HistoryTable.find(handle, "where job = :value", job.value()));
    }

    @Override
    public HistoryEntry get(HistoryId id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    private static GazeException unknown(HistoryId id) {
        return new GazeException(
                Kind.NOT_FOUND,
                Problem.of("There is no entry %s in the history".formatted(id))
                        .fix("list the history (`history list`) to see which there are"));
    }

    @Override
    public List<ImageId> images(HistoryId id) {
        return sql().withHandle(handle -> {
            List<HistoryEntry> family = new ArrayList<>();
            Set<HistoryId> seen = new HashSet<>(Set.of(id));
            Deque<HistoryId> open = new ArrayDeque<>(List.of(id));
            find(handle, id).ifPresent(family::add);
            while (!open.isEmpty()) {
                for (HistoryEntry child : HistoryTable.select(
                        handle,
                        "where parent = :parent",
                        Map.of("parent", open.remove().value()))) {
                    if (seen.add(child.id())) {
                        family.add(child);
                        open.add(child.id());
                    }
                }
            }
            return family.stream()
                    .sorted(Comparator.comparing(HistoryEntry::made)
                            .thenComparing(HistoryEntry::id)
                            .reversed())
                    .flatMap(entry -> entry.images().stream())
                    .toList();
        });
    }

    // Export ---------------------------------------------------------------------------------------------------------

    @Override
    public long export(HistoryQuery query, Consumer<String> line) {
        long count = 0;
        List<HistoryEntry> page = next(query, null);
        while (!page.isEmpty()) {
            for (HistoryEntry entry : page) {
                line.accept(new String(Json.compact(entry.toJson()), StandardCharsets.UTF_8));
                count++;
            }
            page = next(query, page.get(page.size() - 1));
        }
        return count;
    }

    /** No connection is held while lines are told, and nothing is told twice, whatever happens in between. */
    private List<HistoryEntry> next(HistoryQuery query, @Nullable HistoryEntry last) {
        HistoryTerms terms = HistoryTerms.of(query);
        HistoryTerms older = last == null ? terms : terms.olderThan(last);
        return sql().withHandle(handle -> HistoryTable.select(
                handle, older.where() + NEWEST_FIRST + " fetch first " + AT_ONCE + " rows only", older.values()));
    }
}
