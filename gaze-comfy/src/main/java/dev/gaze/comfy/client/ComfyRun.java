package dev.gaze.comfy.client;

import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One graph on its way. Safe for use by several threads.
 *
 * <p>The state changes only here: frames of the socket and verdicts of the judge come in, events go out, and the first
 * end is the only one.
 */
public final class ComfyRun implements RenderRun {
    private enum Phase {
        SENDING,
        QUEUED,
        RUNNING,
        ENDED
    }

    private final UUID prompt;
    private final String key;
    private final RunHost host;
    private final Events events;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Made made;
    private final Verdicts verdicts;
    private final Testimony testimony;

    private Phase phase = Phase.SENDING;
    private Instant since;
    private Instant lastSign;
    private @Nullable String client;
    private @Nullable Instant stuck;
    private @Nullable Instant unanswered;
    private RenderEvent.@Nullable Ended outcome;
    private String node = "";
    private int position;
    /** Whether something happened that only the judge can clear up. */
    private boolean doubtful;
    /** Whether the server said that it is over, and history must tell how. */
    private boolean closing;
    /** Whether queue and history have both been asked in vain once. */
    private boolean absent;

    private boolean cancelled;

    ComfyRun(UUID prompt, JsonObject graph, RunHost host, Events events, Instant now) {
        this.prompt = prompt;
        this.key = prompt.toString(); // lower case, hyphens: the only form that every version takes
        this.host = host;
        made = new Made(graph, host::read);
        verdicts = new Verdicts(made, host.server());
        testimony = new Testimony(made, verdicts);
        this.events = events;
        since = now;
        lastSign = now;
    }

    @Override
    public UUID prompt() {
        return prompt;
    }

    @Override
    public void cancel() {
        synchronized (this) {
            if (phase == Phase.ENDED || cancelled) {
                return;
            }
            cancelled = true;
        }
        host.stop(this);
    }

    /**
     * Waits for the end, as long as the limits of the settings allow. May return a moment before the listener is told.
     *
     * @return how it ended
     * @throws InterruptedException when the waiting thread is interrupted; the run goes on
     */
    public RenderEvent.Ended await() throws InterruptedException {
        end.await();
        synchronized (this) {
            return Objects.requireNonNull(outcome);
        }
    }

    String key() {
        return key;
    }

    /** Frames for it go to this client name; {@code whole} when its socket is open before the prompt is sent. */
    synchronized void joins(String client, boolean whole) {
        this.client = client;
        testimony.begins(whole);
    }

    synchronized @Nullable String client() {
        return client;
    }

    /** The socket broke: what was sent meanwhile will never be told. */
    synchronized void shaken() {
        testimony.broke();
        doubtful = true;
    }

    void accepted(Instant now) {
        synchronized (this) {
            if (phase == Phase.SENDING) {
                phase = Phase.QUEUED;
                since = now;
                lastSign = now;
            }
        }
        events.open();
    }

    /** It was refused: there will be no events. */
    synchronized void withdraw() {
        phase = Phase.ENDED;
        events.drop();
    }

    // ---- what the socket tells

    void heard(Frame.OfPrompt frame, Instant now) {
        boolean ask;
        synchronized (this) {
            if (phase == Phase.ENDED) {
                return;
            }
            lastSign = now;
            absent = false;
            testimony.add(frame);
            ask = take(frame, now);
        }
        events.tell();
        if (ask) {
            host.judge(this);
        }
    }

    /** True when the judge must be asked. */
    private boolean take(Frame.OfPrompt frame, Instant now) {
        if (frame instanceof Frame.Executing executing && executing.node() == null) {
            RenderEvent.Ended verdict = testimony.verdict(cancelled);
            if (verdict != null) {
                end(verdict);
                return false;
            }
            closing = true;
            doubtful = true;
        } else if (frame instanceof Frame.Cached cached) {
            begin(now, made.nodes() - cached.nodes().size());
        } else if (frame instanceof Frame.Executing executing) {
            begin(now, made.nodes());
            node = executing.node();
            events.add(new RenderEvent.NodeStarted(node));
        } else if (frame instanceof Frame.Progress progress) {
            begin(now, made.nodes());
            events.add(new RenderEvent.Progressed(progress.node(), progress.value(), progress.max()));
        } else if (frame instanceof Frame.Sign) {
            begin(now, made.nodes());
        }
        return closing; // after the closing frame every further one is a reason to look again
    }

    void preview(Frame.Preview preview, Instant now) {
        synchronized (this) {
            if (phase == Phase.ENDED) {
                return;
            }
            lastSign = now;
            String from = preview.node();
            events.add(new RenderEvent.Previewed(from == null ? node : from, preview.mediaType(), preview.bytes()));
        }
        events.tell();
    }

    // ---- what the judge finds

    /** Whether the judge should look after it, given whether frames can reach it at all. */
    synchronized boolean wantsJudge(Instant now, boolean reachable, Duration patience, ServerSettings.Limits limits) {
        return overdue(now, limits)
                || switch (phase) {
                    case SENDING, ENDED -> false;
                    case QUEUED -> doubtful || closing || cancelled || !reachable || passed(since, patience, now);
                    case RUNNING ->
                        doubtful || closing || cancelled || !reachable || passed(lastSign, limits.silence(), now);
                };
    }

    /** Whether the next look should come soon. */
    synchronized boolean urgent(Instant now, ServerSettings.Limits limits) {
        return doubtful || cancelled || absent || overdue(now, limits);
    }

    /** Whether it has waited or run for too long; it may have ended meanwhile all the same. */
    private boolean overdue(Instant now, ServerSettings.Limits limits) {
        Duration limit = phase == Phase.QUEUED ? limits.queued() : limits.running();
        return (phase == Phase.QUEUED || phase == Phase.RUNNING) && !limit.isZero() && passed(since, limit, now);
    }

    synchronized boolean running() {
        return phase == Phase.RUNNING;
    }

    synchronized boolean closing() {
        return closing;
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** Whether nothing has been heard of it for so long. */
    synchronized boolean silent(Instant now, Duration silence) {
        return passed(lastSign, silence, now);
    }

    /** Whether frames that the socket should have brought have not come, now that it is known to have ended. */
    synchronized boolean missedByTheSocket(Instant now, Duration silence) {
        return testimony.isWhole() && (!testimony.hasBegun() || passed(lastSign, silence, now));
    }

    /** What queue and history say of it. */
    void found(Whereabouts where, Instant now, ServerSettings.Limits limits) {
        synchronized (this) {
            unanswered = null;
        }
        if (where instanceof Whereabouts.Over over) {
            ended(verdicts.of(over.entry(), cancelled()));
        } else if (where instanceof Whereabouts.Running) {
            isRunning(now, limits);
        } else if (where instanceof Whereabouts.Waiting waiting) {
            isWaiting(waiting, now, limits);
        } else {
            isAbsent();
        }
    }

    private void isRunning(Instant now, ServerSettings.Limits limits) {
        boolean over;
        synchronized (this) {
            doubtful = false;
            absent = false;
            stuck = null;
            if (phase == Phase.QUEUED) {
                begin(now, made.nodes());
            }
            over = overdue(now, limits);
        }
        events.tell();
        if (over) {
            giveUp(Explanation.ranTooLong(limits.running()), false);
        }
    }

    private void isWaiting(Whereabouts.Waiting waiting, Instant now, ServerSettings.Limits limits) {
        boolean dead;
        boolean over;
        synchronized (this) {
            doubtful = false;
            absent = false;
            if (phase == Phase.QUEUED && waiting.position() != position) {
                position = waiting.position();
                events.add(new RenderEvent.Queued(position));
            }
            stuck = !waiting.idle() ? null : stuck == null ? now : stuck;
            dead = stuck != null && passed(stuck, limits.silence(), now);
            over = overdue(now, limits);
        }
        events.tell();
        if (dead) {
            giveUp(Explanation.deadWorker(limits.silence()), true);
        } else if (over) {
            giveUp(Explanation.waitedTooLong(limits.queued()), false);
        }
    }

    /**
     * Neither queue nor history has it. Looked at twice, since the two are asked one after the other; a prompt we
     * cancelled needs no second look.
     */
    private void isAbsent() {
        RenderEvent.Ended verdict;
        synchronized (this) {
            if (cancelled) {
                verdict = new RenderEvent.Interrupted(true);
            } else if (!absent) {
                absent = true;
                return;
            } else if (testimony.isWhole() && phase == Phase.QUEUED) {
                // the same server all along, and it never began: somebody deleted it, which leaves no trace
                verdict = new RenderEvent.Interrupted(false);
            } else {
                verdict = verdicts.forgotten();
            }
        }
        ended(verdict);
    }

    /** Queue or history could not be asked about it; after {@code limit} nobody can know any more. */
    void isUnanswered(Problem why, Instant now, Duration limit) {
        Duration since;
        synchronized (this) {
            unanswered = unanswered == null ? now : unanswered;
            since = Duration.between(unanswered, now);
        }
        if (since.compareTo(limit) >= 0) {
            lost(Explanation.cannotBeAsked(since, why).at(host.server()));
        }
    }

    void lost(Problem problem) {
        ended(new RenderEvent.Lost(problem));
    }

    private void giveUp(Problem problem, boolean retryable) {
        RenderEvent.Ended verdict;
        synchronized (this) {
            verdict = verdicts.givenUp(problem, retryable);
        }
        if (ended(verdict)) {
            host.stop(this);
        }
    }

    // ---- the one end

    private boolean ended(RenderEvent.Ended verdict) {
        boolean first;
        synchronized (this) {
            first = phase != Phase.ENDED;
            end(verdict);
        }
        events.tell();
        return first;
    }

    private void end(RenderEvent.Ended verdict) {
        if (phase != Phase.ENDED) {
            phase = Phase.ENDED;
            outcome = verdict;
            events.add(verdict);
            host.ended(this);
            end.countDown();
        }
    }

    private void begin(Instant now, int worked) {
        if (phase == Phase.QUEUED || phase == Phase.SENDING) {
            phase = Phase.RUNNING;
            since = now;
            events.add(new RenderEvent.Started(Math.max(0, worked)));
        }
        doubtful &= closing;
    }

    private static boolean passed(Instant from, Duration span, Instant now) {
        return !from.plus(span).isAfter(now);
    }

    /** {@code 4f7723cb-… (running)}. */
    @Override
    public synchronized String toString() {
        return key + " (" + phase.name().toLowerCase(Locale.ROOT) + ")";
    }
}
