package dev.gaze.api.history;

import dev.gaze.api.asset.Page;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.JobId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The history of a library. Pictures are written down when their job is done, in the same moment and exactly once; prompts
 * are written down by who wrote them. Safe for use by several threads and several processes.
 */
public interface History {

    /**
     * Writes something down (P39). Never throws for what the database cannot do: that is logged.
     *
     * @param note what
     * @return its id; empty when it could not be written down
     */
    Optional<HistoryId> add(HistoryNote note);

    /**
     * Lists entries, the newest first, ties by id (P24, P42).
     *
     * @param query which
     * @return the page, with how many there are in all
     */
    Page<HistoryEntry> list(HistoryQuery query);

    /**
     * Lists the newest entries.
     *
     * @param limit how many at most, 1 … 200
     * @param text what is looked for in input and output, case ignored and every character meaning itself; blank lists
     *     all
     * @return the entries, the newest first
     * @throws IllegalArgumentException "Limit must be between 1 and 200"
     */
    default Page<HistoryEntry> list(int limit, String text) {
        return list(HistoryQuery.NEWEST.page(0, limit).containing(text));
    }

    /**
     * Looks an entry up.
     *
     * @param id which
     * @return the entry; empty when there is none
     */
    Optional<HistoryEntry> find(HistoryId id);

    /**
     * Looks up what a job has made.
     *
     * @param job which
     * @return its entry; empty when it is not done, or its entry was deleted
     */
    Optional<HistoryEntry> find(JobId job);

    /**
     * Gets an entry.
     *
     * @param id which
     * @return the entry
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND} when there is none
     */
    HistoryEntry get(HistoryId id);

    /**
     * Deletes an entry (P25, P41). Its pictures stay, and what was refined from it stays without a parent.
     *
     * @param id which
     * @return false when there is none
     */
    boolean delete(HistoryId id);

    /**
     * Remembers that a job makes the pictures of a written prompt, so that its entry is refined from that one. May be
     * said before or after the job is done. A history that cannot be written is logged, as with {@link #add}.
     *
     * @param job which
     * @param prompt the entry of the prompt; null for one that could not be written down, which does nothing
     * @return whether it is remembered
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND} when there is no such entry
     */
    boolean connect(JobId job, @Nullable HistoryId prompt);

    /**
     * The pictures of an entry and of everything that was refined from it, at any distance.
     *
     * @param id which
     * @return the newest first
     */
    List<ImageId> images(HistoryId id);

    /**
     * Writes entries out as JSON lines, the newest first, one {@link HistoryEntry#toJson} a line without its line feed.
     * They are read a few at a time, so that a long history needs little memory.
     *
     * @param query which; its page is ignored
     * @param line told every line, on the calling thread
     * @return how many there were
     */
    long export(HistoryQuery query, Consumer<String> line);
}
