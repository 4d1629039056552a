package dev.gaze.llm.writer;

import dev.gaze.api.chat.ChatCall;
import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatEvent;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatReply;
import dev.gaze.api.chat.ChatRequest;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.WriterCall;
import dev.gaze.api.writer.WriterEvent;
import dev.gaze.api.writer.WrittenPrompt;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Puts one question to a model, plainly or as a stream; what is done with the answer is the same (P62). */
final class Asking {
    private static final System.Logger LOG = System.getLogger(Asking.class.getName());

    private Asking() {}

    /** A question, and what becomes of it. Told one end: an answer or a failure, and behind it that it is over. */
    interface Question {
        ChatRequest request();

        /** The model has answered; what this throws is the failure of the call. */
        WrittenPrompt answered(ChatReply reply);

        /** There is no answer, or only what the failure carries of it. */
        default void broke(ChatException failure) {}

        /** Nothing more will come. */
        default void over() {}
    }

    static WrittenPrompt plainly(Llm llm, Question question) {
        try {
            return question.answered(llm.complete(question.request()));
        } catch (ChatException failure) {
            question.broke(failure);
            throw failure;
        } finally {
            question.over();
        }
    }

    static WriterCall streaming(Llm llm, Question question, Consumer<WriterEvent> listener) {
        Running running = new Running(question, listener);
        try {
            return running.begin(llm);
        } catch (RuntimeException | Error refused) {
            question.over();
            throw refused;
        }
    }

    /** An answer that is there already, told as if it came now. */
    static WriterCall known(WrittenPrompt written, Consumer<WriterEvent> listener) {
        tell(listener, new WriterEvent.Token(written.text()));
        tell(listener, new WriterEvent.Done(written));
        return new Ended(written);
    }

    private static void tell(Consumer<WriterEvent> listener, WriterEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable theirs) { // an AssertionError of a listener is no less its own
            LOG.log(Level.WARNING, "A listener of a prompt writer failed; it is told the rest all the same", theirs);
        }
    }

    private record Ended(WrittenPrompt written) implements WriterCall {
        @Override
        public void cancel() {}

        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public WrittenPrompt await(Duration limit) {
            return written;
        }
    }

    private static final class Running implements WriterCall {
        private final Question question;
        private final Consumer<WriterEvent> listener;
        private final CompletableFuture<WrittenPrompt> end = new CompletableFuture<>();
        private final CompletableFuture<ChatCall> call = new CompletableFuture<>();

        Running(Question question, Consumer<WriterEvent> listener) {
            this.question = question;
            this.listener = listener;
        }

        WriterCall begin(Llm llm) {
            call.complete(llm.stream(question.request(), this::hear));
            return this;
        }

        private void hear(ChatEvent event) {
            if (event instanceof ChatEvent.Token token) {
                tell(listener, new WriterEvent.Token(token.text()));
            } else if (event instanceof ChatEvent.Retrying again) {
                tell(listener, new WriterEvent.Retrying(again));
            } else if (event instanceof ChatEvent.Done done) {
                answered(done.reply());
            } else if (event instanceof ChatEvent.Failed failed) {
                broke(failed.failure());
            }
        }

        private void answered(ChatReply reply) {
            WrittenPrompt written;
            try {
                written = question.answered(reply);
            } catch (ChatException failure) {
                broke(failure);
                return;
            } catch (RuntimeException | Error fault) { // an Error too: whoever waits must be told
                LOG.log(Level.ERROR, "An answer could not be worked with", fault);
                broke(new ChatException(
                        ChatError.UNEXPECTED,
                        Problem.of("Something unforeseen went wrong with an answer: "
                                        + fault.getClass().getSimpleName())
                                .fix("the log has the details; please report it"),
                        reply.text(),
                        fault));
                return;
            }
            question.over();
            tell(listener, new WriterEvent.Done(written));
            end.complete(written);
        }

        private void broke(ChatException failure) {
            try {
                question.broke(failure);
            } catch (RuntimeException | Error fault) {
                LOG.log(Level.ERROR, "What had come of an answer could not be kept", fault);
            }
            question.over();
            tell(listener, new WriterEvent.Failed(failure));
            end.completeExceptionally(failure);
        }

        @Override
        public void cancel() {
            call.thenAccept(ChatCall::cancel);
        }

        @Override
        public boolean ended() {
            return end.isDone();
        }

        @Override
        public WrittenPrompt await(Duration limit) {
            try {
                return end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof ChatException told ? told : new IllegalStateException(failed);
            } catch (TimeoutException late) {
                throw new GazeException(
                        GazeException.Kind.TIMEOUT,
                        Problem.of("The prompt was not written within %s; it goes on".formatted(limit))
                                .fix("wait longer, or cancel it"));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new GazeException(
                        GazeException.Kind.CANCELLED,
                        Problem.of("The thread that waited for a prompt was interrupted; the prompt goes on"));
            }
        }
    }
}
