package dev.gaze.api.chat;

import java.time.Duration;

/**
 * Something that happened while a model answered. A stream ends with exactly one {@link Ended}, and nothing comes behind
 * it (P56, P57).
 */
public sealed interface ChatEvent {

    /**
     * The model is asked. Without tools there is one turn.
     *
     * @param number which turn this is, from 1
     * @param of how many there may be
     */
    record Turn(int number, int of) implements ChatEvent {}

    /**
     * A piece of the answer, as it arrived.
     *
     * @param text not empty; may be part of a word
     */
    record Token(String text) implements ChatEvent {}

    /**
     * A piece of what the model thinks before it answers. Not part of the answer.
     *
     * @param text not empty
     */
    record Thought(String text) implements ChatEvent {}

    /**
     * A tool is about to run.
     *
     * @param call what the model asked for
     */
    record ToolStarted(ToolCall call) implements ChatEvent {}

    /**
     * A tool has answered, or its call went wrong; either is told to the model.
     *
     * @param call what the model asked for
     * @param result what the model is told
     * @param failed whether it went wrong
     * @param took how long it ran; zero when it never did
     */
    record ToolEnded(ToolCall call, String result, boolean failed, Duration took) implements ChatEvent {}

    /**
     * The same is asked again after a pause. Never after the first {@link Token} of a turn.
     *
     * @param attempt which attempt comes next, from 2
     * @param pause how long the pause is
     * @param because what went wrong
     */
    record Retrying(int attempt, Duration pause, ChatError because) implements ChatEvent {}

    /**
     * The server would not take the request as it is and is asked for less: without tools (G51), or without a form of
     * the answer. What was left out is also a warning on the reply.
     *
     * @param what what is left out, in words
     */
    record Simplified(String what) implements ChatEvent {}

    /** The last event. */
    sealed interface Ended extends ChatEvent {}

    /**
     * The model has answered.
     *
     * @param reply all of the answer
     */
    record Done(ChatReply reply) implements Ended {}

    /**
     * There is no answer, or only part of one; {@link ChatError#CANCELLED} when somebody cancelled it.
     *
     * @param failure what went wrong, what to do, and what had come until then
     */
    record Failed(ChatException failure) implements Ended {}
}
