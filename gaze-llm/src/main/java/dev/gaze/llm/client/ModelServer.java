package dev.gaze.llm.client;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Deadlines;
import dev.gaze.api.time.Time;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server, as often as it takes: what may pass is asked again after a pause, what the server would not take is
 * asked for less. Nothing is asked again once a piece of the answer was told. Calls run on the caller's own thread; safe
 * for use by several threads.
 */
public final class ModelServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ModelServer.class.getName());
    private static final long LARGEST_REFUSAL = 100_000;

    private final ChatSettings settings;
    private final Time time;
    private final Deadlines deadlines;
    private final Http http;
    private final Refusals refusals;

    /**
     * Prepares a connection; opens nothing.
     *
     * @param settings where and how
     * @param time the clock
     * @param deadlines where limits run
     */
    public ModelServer(ChatSettings settings, Time time, Deadlines deadlines) {
        this.settings = settings;
        this.time = time;
        this.deadlines = deadlines;
        http = new Http(settings, deadlines);
        refusals = new Refusals(settings);
    }

    /**
     * Asks for one answer.
     *
     * @param question what is asked
     * @param spared what the server is spared in this conversation; grows
     * @param listener told tokens, thoughts, retries and simplifications, on this thread
     * @param cancellation stops it
     * @return the answer
     * @throws ChatException when there is none
     */
    public Answer ask(Question question, Concessions spared, Consumer<ChatEvent> listener, Cancellation cancellation) {
        Instant end = time.now().plus(settings.limits().total());
        Deadlines.Limit total = deadlines.in(settings.limits().total(), () -> cancellation.cancel(tooLong()));
        try {
            int attempt = 1;
            while (true) {
                Dialect dialect = spared.dialect(settings);
                if (dialect instanceof GenerateDialect) { // from the beginning, or since the server refused another
                    tell(spared.refuseTools(question), listener);
                }
                Question asked = spared.applied(question);
                Gathering gathering = new Gathering(asked.model(), listener);
                try {
                    return once(asked, dialect, spared.usageWanted(), gathering, cancellation);
                } catch (Trouble trouble) {
                    cancellation.check();
                    String less = gathering.begun() ? null : spared.after(trouble, asked, dialect);
                    if (less != null) {
                        tell(less, listener);
                        continue;
                    }
                    Duration pause = pause(trouble, attempt);
                    if (gathering.begun() || !again(trouble, attempt, pause, end)) {
                        throw last(trouble, spared, question, gathering.partial());
                    }
                    attempt++;
                    listener.accept(new ChatEvent.Retrying(attempt, pause, trouble.error()));
                    await(pause, cancellation);
                }
            }
        } finally {
            total.lift();
        }
    }

    private static void tell(@Nullable String less, Consumer<ChatEvent> listener) {
        if (less != null) {
            listener.accept(new ChatEvent.Simplified(less));
        }
    }

    private Answer once(
            Question question, Dialect dialect, boolean usage, Gathering gathering, Cancellation cancellation)
            throws Trouble {
        cancellation.check();
        Exchange exchange = http.exchange(question.silence());
        Call call = http.post(dialect.path(), dialect.body(question, usage), exchange);
        try (Cancellation.Hold hold = cancellation.onCancel(call::cancel);
                Response response = call.execute()) {
            exchange.heard();
            requireSuccess(response, question.model(), exchange);
            Lines lines = new Lines(response.body().source(), settings.limits().maxAnswerBytes(), exchange);
            new AnswerReader(
                            dialect,
                            gathering,
                            refusals,
                            question.model(),
                            settings.limits().maxAnswerBytes())
                    .read(lines);
            return gathering.answer();
        } catch (IOException broken) {
            ChatException stopped = cancellation.reason();
            if (stopped != null) {
                throw new ChatException(
                        stopped.error(), stopped.problems().get(0), gathering.partial(), stopped.getCause());
            }
            throw http.broken(broken, exchange, gathering.begun());
        } finally {
            exchange.end();
            LOG.log(Level.DEBUG, () -> "Asked model '%s' at %s".formatted(question.model(), settings.place()));
        }
    }

    private void requireSuccess(Response response, String model, Exchange exchange) throws Trouble {
        int status = response.code();
        if (status >= 300 && status < 400) {
            throw refusals.redirected(status, http.target(response));
        }
        if (status < 200 || status >= 300) {
            Duration wait = RetryAfter.of(response.header("Retry-After"), time.now());
            throw refusals.answered(status, refusal(response, exchange), wait, model);
        }
    }

    /** The words of a refusal. Its status counts without them, so they are what comes until they break off. */
    private static byte[] refusal(Response response, Exchange exchange) {
        BufferedSource source = response.body().source();
        exchange.listen();
        try {
            source.request(LARGEST_REFUSAL);
        } catch (IOException torn) {
            LOG.log(Level.DEBUG, "The words of a refusal broke off", torn);
        } finally {
            exchange.heard();
        }
        Buffer arrived = source.getBuffer();
        return arrived.snapshot((int) Math.min(arrived.size(), LARGEST_REFUSAL)).toByteArray();
    }

    /**
     * The models of the server, within the time of one answer.
     *
     * @param cancellation stops it; a list that takes too long leaves it alone
     * @return their names, in its order
     * @throws ChatException when it does not say
     */
    public List<String> models(Cancellation cancellation) {
        Dialect dialect = new Concessions().dialect(settings);
        Exchange exchange = http.exchange(settings.limits().silence());
        Call call = http.get(dialect.modelsPath(), exchange);
        Cancellation own = new Cancellation();
        Deadlines.Limit total = deadlines.in(settings.limits().total(), () -> own.cancel(tooLong()));
        try (Cancellation.Hold stop = own.onCancel(call::cancel);
                Cancellation.Hold outer = cancellation.onCancel(call::cancel);
                Response response = call.execute()) {
            exchange.heard();
            requireSuccess(response, "", exchange);
            Lines lines = new Lines(response.body().source(), settings.limits().maxAnswerBytes(), exchange);
            return dialect.models(list(lines.rest()));
        } catch (IOException broken) {
            cancellation.check();
            own.check();
            throw http.broken(broken, exchange, false).told(settings.place(), "");
        } catch (Trouble trouble) {
            cancellation.check();
            own.check();
            throw trouble.told(settings.place(), "");
        } finally {
            total.lift();
            exchange.end();
        }
    }

    private JsonObject list(String text) throws Trouble {
        try {
            return Json.object(
                    text.getBytes(StandardCharsets.UTF_8),
                    new JsonLimits(settings.limits().maxAnswerBytes(), 100));
        } catch (GazeException noJson) {
            throw Trouble.badAnswer(
                    "The server answered with something that is no list of models",
                    "check that the address is that of a model server, and its kind");
        }
    }

    private Duration pause(Trouble trouble, int attempt) {
        Duration asked = trouble.retryAfter();
        return asked != null ? asked : settings.limits().pause().multipliedBy(1L << (attempt - 1));
    }

    private boolean again(Trouble trouble, int attempt, Duration pause, Instant end) {
        return trouble.passing()
                && attempt < settings.limits().attempts()
                && time.now().plus(pause).isBefore(end);
    }

    private void await(Duration pause, Cancellation cancellation) {
        CountDownLatch over = new CountDownLatch(1);
        Deadlines.Limit limit = deadlines.in(pause, over::countDown);
        try (Cancellation.Hold hold = cancellation.onCancel(over::countDown)) {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            cancellation.cancel(new ChatException(
                    ChatError.CANCELLED, Problem.of("The thread was interrupted while it waited to ask again")));
        } finally {
            limit.lift();
        }
        cancellation.check();
    }

    /** A server that refuses even without tools, for the sake of tools in the conversation, is told apart. */
    private ChatException last(Trouble trouble, Concessions spared, Question question, String partial) {
        boolean aboutTools = spared.withoutTools()
                && !question.tools().isEmpty()
                && trouble.error() == ChatError.REFUSED
                && trouble.said().contains("tool");
        return aboutTools
                ? new ChatException(
                        ChatError.TOOLS_NOT_SUPPORTED,
                        Problem.of("Model '%s' takes no tools, and its server refused without them too"
                                        .formatted(question.model()))
                                .at(settings.place())
                                .fix("use a model that can call tools"),
                        partial,
                        null)
                : trouble.told(settings.place(), partial);
    }

    private ChatException tooLong() {
        return new ChatException(
                ChatError.TIMEOUT,
                Problem.of("The answer took longer than "
                                + Http.seconds(settings.limits().total()))
                        .at(settings.place())
                        .fix("use a smaller model, or allow more time in the settings"));
    }

    @Override
    public void close() {
        http.close();
    }
}
