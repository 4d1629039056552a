package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.Missing;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.plan.Seed;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.prompt.Prompt;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.image.Covers;
import dev.gaze.core.image.ImageFiler;
import dev.gaze.core.image.ImageLimits;
import dev.gaze.core.ledger.Chronicle;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.small.SmallDatabase;
import dev.gaze.core.small.SmallServer;
import dev.gaze.core.small.SmallWirer;
import dev.gaze.core.store.Database;
import dev.gaze.testkit.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs without a library: requests hold words only, servers stand inside the test. */
@Timeout(60)
abstract class JobTesting {
    static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path uploads;

    final ManualTime time = new ManualTime();
    final ExecutorService callbacks = Executors.newSingleThreadExecutor(work -> new Thread(work, "test-callbacks"));
    final ExecutorService wire = Executors.newSingleThreadExecutor(work -> new Thread(work, "test-wire"));
    final List<Shop> shops = new ArrayList<>();
    final List<Fleet> fleets = new ArrayList<>();

    @TempDir
    Path home;

    Database database;

    @BeforeEach
    void openDatabase() {
        database = SmallDatabase.copyTo(home);
    }

    @AfterEach
    void close() throws Exception {
        shops.forEach(Shop::close);
        database.close();
        callbacks.shutdown();
        wire.shutdown();
        if (!callbacks.awaitTermination(20, TimeUnit.SECONDS) || !wire.awaitTermination(20, TimeUnit.SECONDS)) {
            throw new AssertionError("A listener never came back");
        }
    }

    SmallServer server(String name) {
        return new SmallServer(name, wire);
    }

    Jobs jobs(SmallServer... servers) {
        return shop(JobLimits.DEFAULT, servers).jobs();
    }

    Shop shop(JobLimits limits, SmallServer... servers) {
        Fleet fleet = new Fleet(time, limits.patience(), wire);
        fleets.add(fleet);
        Arrays.stream(servers).forEach(server -> fleet.add(server, 1));
        Shop shop = new Shop(
                database,
                new Ledger(database, time, id -> uploads.resolve(id.path()), Chronicle.NONE),
                fleet,
                workshop(),
                limits);
        shops.add(shop);
        return shop;
    }

    Workshop workshop() {
        return new Workshop(
                JobTesting::prepare,
                new SmallWirer(),
                new ImageFiler(uploads, ImageLimits.DEFAULT, time),
                new Covers(category -> {
                    throw new AssertionError("No asset was chosen");
                }),
                List.of(),
                time,
                callbacks);
    }

    /** Words alone; the name of the sampler stands for a checkpoint, so that a test can ask for one nobody has. */
    static Prepared prepare(GenerationRequest request) {
        String words = request.selection().plus();
        String checkpoint = request.settings().sampler();
        RenderPlan plan = new RenderPlan(
                new Prompt(words, "", "", words, "", List.of(), List.of()),
                List.of(),
                checkpoint == null ? null : CheckpointSettings.of(checkpoint),
                null,
                null,
                Map.of(RenderPlan.SAMPLER, new Seed(7)),
                Missing.REFUSE,
                null,
                List.of());
        return new Prepared(request, plan, new SmallWirer().defaultTemplate(), null);
    }

    /** The servers of the shop that was opened last. */
    Fleet fleet() {
        return fleets.get(fleets.size() - 1);
    }

    static GenerationRequest words(String words) {
        return GenerationRequest.mix().plus(words);
    }

    static GenerationRequest needing(String checkpoint) {
        return words("a lighthouse").sampler(checkpoint, "normal");
    }

    /** Whether a job's thread waits for a place: from then on it is in the choice. */
    boolean waits(Job job) {
        return fleets.stream().anyMatch(fleet -> fleet.waits(job.id()));
    }

    /** Hears everything that happens to a job, from now on. */
    Heard heard(Job job) {
        Heard heard = new Heard();
        job.listen(heard.events::add);
        return heard;
    }

    /** Waits until an event of a type was told. */
    void awaitEvent(Job job, Class<? extends JobEvent> type) throws InterruptedException {
        Heard heard = heard(job);
        while (!type.isInstance(heard.next())) {
            // what came before
        }
    }

    /** Waits for what another thread is about to do. */
    static void awaitUntil(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It never came");
            }
            Thread.onSpinWait();
        }
    }

    static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GazeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    static final class Heard {
        private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();

        JobEvent next() throws InterruptedException {
            JobEvent event = events.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("Nothing more was told");
            }
            return event;
        }

        /** Everything up to the end. */
        List<JobEvent> all() throws InterruptedException {
            List<JobEvent> all = new ArrayList<>();
            do {
                all.add(next());
            } while (!(all.get(all.size() - 1) instanceof JobEvent.Ended));
            return all;
        }

        boolean isQuiet() {
            return events.isEmpty();
        }
    }
}
