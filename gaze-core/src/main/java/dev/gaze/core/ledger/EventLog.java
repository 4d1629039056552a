package dev.gaze.core.ledger;

import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.backend.BackendId;
import dev.gaze.api.image.Image;
import dev.gaze.api.image.ImageId;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobId;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.store.Direct;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The kept events, in one order.
 *
 * @param files where an image lies
 */
record EventLog(Function<ImageId, Path> files) {
    /**
     * An event as it is kept. Which members there are depends on the type.
     *
     * @param type the simple name of the event
     */
    public record Kept(
            String type,
            @Nullable Integer position,
            @Nullable String backend,
            @Nullable Problem problem,
            List<KeptImage> images) {}

    /**
     * An image as it is kept: everything but where the library lies.
     *
     * @param path below the uploads folder
     */
    public record KeptImage(String path, @Nullable AssetKey filedUnder, int width, int height, Instant made) {
        static KeptImage of(Image image) {
            return new KeptImage(image.id().path(), image.filedUnder(), image.width(), image.height(), image.made());
        }

        Image image(Function<ImageId, Path> files) {
            ImageId id = new ImageId(path);
            return new Image(id, files.apply(id), filedUnder, width, height, made);
        }
    }

    /**
     * Numbers that were taken.
     *
     * @param first the first of them
     * @param queued how many jobs wait now
     */
    record Numbers(long first, int queued) {}

    /**
     * Takes numbers for events; from here to the end of the transaction nobody else can.
     *
     * @param handle in a transaction
     * @param events how many
     * @param queued how many more jobs wait than before
     * @return the numbers
     */
    static Numbers numbers(Handle handle, int events, int queued) {
        return Direct.change(
                handle,
                "update job_queue set last_event = last_event + ?, queued = queued + ? where id = 1",
                List.of("last_event", "queued"),
                row -> new Numbers(row.getLong(1) - events + 1, row.getInt(2)),
                events,
                queued);
    }

    static long last(Handle handle) {
        return handle.createQuery("select last_event from job_queue where id = 1")
                .mapTo(long.class)
                .one();
    }

    static int queued(Handle handle) {
        return handle.createQuery("select queued from job_queue where id = 1")
                .mapTo(int.class)
                .one();
    }

    /**
     * Writes events of one job under the next numbers. Every transition locks the row of its job first, and takes numbers
     * then.
     *
     * @param queued as for {@link #numbers}
     */
    void add(Handle handle, int queued, JobEvent... news) {
        add(handle, numbers(handle, news.length, queued).first(), List.of(news));
    }

    /** Writes events whose numbers follow one another. */
    void add(Handle handle, long first, List<JobEvent> events) {
        List<Direct.Values> rows = new ArrayList<>();
        for (JobEvent event : events) {
            rows.add(new Direct.Values(first + rows.size(), event.job().value(), RecordJson.write(kept(event))));
        }
        Direct.executeEach(handle, "insert into job_event (number, job, event) values (?, ?, ?)", rows);
    }

    List<JobNews> after(Handle handle, long number, @Nullable JobId job, int limit) {
        var query = handle.createQuery("select number, job, event from job_event where number > :after"
                        + (job == null ? "" : " and job = :job") + " order by number fetch first :limit rows only")
                .bind("after", number)
                .bind("limit", limit);
        if (job != null) {
            query.bind("job", job.value());
        }
        return query.map((rows, context) -> new JobNews(
                        rows.getLong(1),
                        event(
                                new JobId(rows.getObject(2, UUID.class)),
                                RecordJson.read(rows.getString(3), Kept.class))))
                .list();
    }

    private static Kept kept(JobEvent event) {
        String type = event.getClass().getSimpleName();
        if (event instanceof JobEvent.Queued queued) {
            return new Kept(type, queued.position(), null, null, List.of());
        } else if (event instanceof JobEvent.Started started) {
            return new Kept(type, null, started.backend().name(), null, List.of());
        } else if (event instanceof JobEvent.Requeued requeued) {
            return new Kept(type, null, null, requeued.problem(), List.of());
        } else if (event instanceof JobEvent.Done done) {
            return new Kept(
                    type,
                    null,
                    null,
                    null,
                    done.images().stream().map(KeptImage::of).toList());
        } else if (event instanceof JobEvent.Failed failed) {
            return new Kept(type, null, null, failed.problem(), List.of());
        } else if (event instanceof JobEvent.Cancelled) {
            return new Kept(type, null, null, null, List.of());
        }
        throw new IllegalArgumentException(type + " passes, and is not kept");
    }

    private JobEvent event(JobId job, Kept kept) {
        Problem problem = kept.problem == null ? Problem.of("Nothing is known of it") : kept.problem;
        return switch (kept.type) {
            case "Queued" -> new JobEvent.Queued(job, kept.position == null ? 1 : kept.position);
            case "Started" -> new JobEvent.Started(job, new BackendId(String.valueOf(kept.backend)));
            case "Requeued" -> new JobEvent.Requeued(job, problem);
            case "Done" -> {
                List<Image> images = new ArrayList<>();
                kept.images.forEach(image -> images.add(image.image(files)));
                yield new JobEvent.Done(job, images);
            }
            case "Failed" -> new JobEvent.Failed(job, problem);
            case "Cancelled" -> new JobEvent.Cancelled(job);
            default -> throw new IllegalArgumentException("'%s' is no event of a job".formatted(kept.type));
        };
    }
}
