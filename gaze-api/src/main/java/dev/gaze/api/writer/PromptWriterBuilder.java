package dev.gaze.api.writer;

import dev.gaze.api.chat.Llm;
import dev.gaze.api.history.History;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link PromptWriter}. Used by one thread. */
public final class PromptWriterBuilder {
    /** The most characters of an idea or a message, unless {@link #longest} says otherwise. */
    public static final int LONGEST = 20_000;

    private final Llm llm;
    private @Nullable Presets presets;
    private @Nullable History history;
    private @Nullable ConversationStore conversations;
    private final List<PromptTarget> targets = new ArrayList<>();
    private @Nullable Path instructions;
    private @Nullable RateLimit rateLimit;
    private int cached;
    private int longest = LONGEST;
    private @Nullable Time time;
    private @Nullable RandomGenerator random;

    PromptWriterBuilder(Llm llm) {
        this.llm = llm;
    }

    /**
     * Looks chosen presets up.
     *
     * @param presets where
     * @return this builder
     */
    public PromptWriterBuilder presets(Presets presets) {
        this.presets = presets;
        return this;
    }

    /**
     * Writes prompts down.
     *
     * @param history where
     * @return this builder
     */
    public PromptWriterBuilder history(History history) {
        this.history = history;
        return this;
    }

    /**
     * Keeps conversations somewhere else than in memory (P55).
     *
     * @param conversations where
     * @return this builder
     */
    public PromptWriterBuilder conversations(ConversationStore conversations) {
        this.conversations = conversations;
        return this;
    }

    /**
     * Registers a target (P66), in place of one with the same id.
     *
     * @param target the target
     * @return this builder
     */
    public PromptWriterBuilder target(PromptTarget target) {
        targets.removeIf(known -> known.id().equals(target.id()));
        targets.add(target);
        return this;
    }

    /**
     * Reads instructions from files {@code <target>.txt} and {@code <target>_chat.txt}, looked at with every request. A
     * file that is missing or empty leaves those of the target.
     *
     * @param folder their folder; it may be missing
     * @return this builder
     */
    public PromptWriterBuilder instructions(Path folder) {
        instructions = folder;
        return this;
    }

    /**
     * Limits how many prompts are written (P71).
     *
     * @param limit how many
     * @return this builder
     */
    public PromptWriterBuilder rateLimit(RateLimit limit) {
        rateLimit = limit;
        return this;
    }

    /**
     * Gives the same answer to the same request (P72). Conversations are never answered so.
     *
     * @param answers how many are kept, those used last; 0 for none
     * @return this builder
     */
    public PromptWriterBuilder cached(int answers) {
        cached = answers;
        return this;
    }

    /**
     * Takes longer or only shorter texts (P74). What is longer is refused before anybody is asked.
     *
     * @param characters the most characters of an idea or a message, 1 or more
     * @return this builder
     */
    public PromptWriterBuilder longest(int characters) {
        longest = characters;
        return this;
    }

    /**
     * Works by another clock.
     *
     * @param time the clock
     * @return this builder
     */
    public PromptWriterBuilder time(Time time) {
        this.time = time;
        return this;
    }

    /**
     * Draws conversation ids from another source. Ids that can be guessed let others read along.
     *
     * @param random the source
     * @return this builder
     */
    public PromptWriterBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /**
     * Makes the writer.
     *
     * @return the writer
     * @throws GazeException {@code NOT_FOUND} when gaze-llm is not installed
     */
    public PromptWriter build() {
        WriterOptions options = new WriterOptions(
                llm, presets, history, conversations, targets, instructions, rateLimit, cached, longest, time, random);
        return ServiceLoader.load(WriterEngine.class, PromptWriterBuilder.class.getClassLoader())
                .findFirst()
                .or(() -> ServiceLoader.load(WriterEngine.class).findFirst())
                .orElseThrow(() -> new GazeException(
                        GazeException.Kind.NOT_FOUND,
                        Problem.of("Nobody here writes prompts").fix("put dev.gaze:gaze-llm beside gaze-core")))
                .open(options);
    }
}
