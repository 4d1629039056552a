package dev.gaze.api;

import dev.gaze.api.asset.AssetRepository;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.SyncProgress;
import dev.gaze.api.asset.SyncReport;
import dev.gaze.api.author.Author;
import dev.gaze.api.backend.Backends;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.Llm;
import dev.gaze.api.history.History;
import dev.gaze.api.image.ImageFiles;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.Jobs;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.Models;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.prompt.PromptBuilder;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.template.Wildcards;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.api.writer.ConversationStore;
import dev.gaze.api.writer.PromptWriterBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An open library: a folder of asset files, and the means to turn them into images.
 *
 * <pre>{@code
 * try (Gaze gaze = Gaze.open(Path.of("library"))) {
 *     Job job = gaze.generate(request -> request
 *             .character("mira_vale").with("outfit", "raincoat").with("scene", "harbour_dawn")
 *             .size(832, 1216).seed(42));
 *     Path png = job.await(Duration.ofMinutes(5)).image().file();
 * }
 * }</pre>
 *
 * <p>It and everything it hands out may be used from any thread. No thread starts before it is opened, and {@link #close}
 * ends all of them. What the caller can mend is thrown as a {@link dev.gaze.api.problem.GazeException}.
 */
public interface Gaze extends AutoCloseable {

    /**
     * Opens a library with the settings of its {@code gaze.json}. Folders that are missing are made; all asset files are
     * synced before it returns, and broken ones are told by {@link #sync()} and the log, not thrown.
     *
     * @param library its folder
     * @return the open library
     * @throws dev.gaze.api.problem.GazeException when somebody else has it open for writing, plugins contradict one
     *     another, or the settings are wrong
     */
    static Gaze open(Path library) {
        return builder().library(library).open();
    }

    /**
     * Opens a library in another way than its settings say.
     *
     * @return a builder without a library yet
     */
    static GazeBuilder builder() {
        return new GazeBuilder();
    }

    // Assets ---------------------------------------------------------------------------------------------------------

    /**
     * The categories, in their order.
     *
     * @return built-in ones and those of plugins
     */
    List<Category> categories();

    /**
     * The assets of one category.
     *
     * @param category its name, such as {@code outfit}
     * @return the repository
     * @throws dev.gaze.api.problem.GazeException when there is no such category, with the nearest names
     */
    AssetRepository assets(String category);

    /**
     * Reads what changed on disk in every category (G3).
     *
     * @return what was found
     */
    SyncReport sync();

    /**
     * Reads what changed on disk in every category, telling how far it is.
     *
     * @param progress called on the threads of the sync
     * @return what was found
     */
    SyncReport sync(Consumer<SyncProgress> progress);

    /**
     * The model files on this machine.
     *
     * @return those below the configured model roots
     */
    Models models();

    /**
     * The images of this library.
     *
     * @return those in its uploads folder
     */
    ImageFiles images();

    /**
     * The checkpoint used when a request names none (G48).
     *
     * @return its settings; empty when none is set, then the template's checkpoint is used
     */
    Optional<CheckpointSettings> defaultCheckpoint();

    /**
     * Sets the checkpoint used when a request names none, in {@code gaze.json} (G107).
     *
     * @param path name below the {@code checkpoints} folder; null for none
     * @throws dev.gaze.api.problem.GazeException {@code REFUSED} when the library is open read-only; {@code CONFLICT}
     *     when somebody else writes the file at the same moment; when it cannot be read or written
     */
    void setDefaultCheckpoint(@Nullable String path);

    // Steps on the way to an image -----------------------------------------------------------------------------------

    /**
     * Starts a prompt.
     *
     * @return a builder with nothing chosen
     */
    PromptBuilder prompts();

    /**
     * The wildcards of this library, and templates to try with them.
     *
     * @return those below its {@code wildcards} folder and the further folders of {@code gaze.json}
     */
    Wildcards wildcards();

    /**
     * Composes the words and picks the LoRAs. No server is needed.
     *
     * @param request what is wanted
     * @return words, LoRAs and warnings
     * @throws dev.gaze.api.problem.GazeException {@code NOT_FOUND} when an asset or the template does not exist, with the
     *     nearest names; {@code REFUSED} when a positive text holds a name of the deny list or a text is too long;
     *     {@code INVALID} when nothing is asked for, or a chosen asset or a template in the words cannot be used
     */
    Preview preview(GenerationRequest request);

    /**
     * Resolves everything that decides how the picture looks. No server is needed. Seeds that are not given are drawn.
     *
     * @param request what is wanted
     * @return the plan
     * @throws dev.gaze.api.problem.GazeException as {@link #preview}
     */
    RenderPlan plan(GenerationRequest request);

    /**
     * Puts plans into templates, with the installed patches and the deny list.
     *
     * @return the wirer
     */
    WorkflowWirer wirer();

    /**
     * A workflow template of this library.
     *
     * @param name the name of a file in {@code data/workflows} without extension; {@code default} is always there
     * @return the template
     * @throws dev.gaze.api.problem.GazeException when there is no such template, or its roles cannot be told
     */
    WorkflowTemplate template(String name);

    /**
     * The names of the workflow templates.
     *
     * @return sorted, {@code default} included
     */
    List<String> templates();

    /**
     * Wires a request without sending it, for no server in particular.
     *
     * @param request what is wanted
     * @return the graph
     * @throws dev.gaze.api.problem.GazeException as {@link #preview}; {@code REFUSED} also when the template or a patch
     *     brings a name of the deny list; {@code INVALID} also when the template lacks a node that the plan needs;
     *     {@code UNAVAILABLE} when no plugin that knows graphs is installed
     */
    Workflow wire(GenerationRequest request);

    // Words from outside ---------------------------------------------------------------------------------------------

    /**
     * The tags that models were trained on: those of the list that the setting {@code tags} or the environment variable
     * {@code GAZE_TAGS} names, otherwise of the small list that ships with GAZE, and those of plugins. Read when first
     * asked for.
     *
     * @return the catalogue
     * @throws dev.gaze.api.problem.GazeException when the list cannot be read, or gaze-llm is not installed
     */
    TagCatalogue tags();

    /**
     * The language model of this library: the builder's, else that of {@code gaze.json}, else {@code GAZE_LLM_URL}, else
     * Ollama on this machine (P64). Nothing is opened until it is asked something.
     *
     * @return the model, closed with the library
     * @throws dev.gaze.api.problem.GazeException when gaze-llm is not installed
     */
    Llm llm();

    /**
     * Writes assets of a category with the language model.
     *
     * @param category its name, such as {@code character}
     * @return the author
     * @throws dev.gaze.api.problem.GazeException when there is no such category, with the nearest names, or gaze-llm is
     *     not installed
     */
    Author author(String category);

    /**
     * What the model may call when a request offers it: {@code search_tags}, {@code suggest_tags} and
     * {@code validate_tags} over {@link #tags()} (G132), the tools of the MCP servers that {@code gaze.json} names
     * (G134), and those of plugins. MCP servers are started or reached at the first call; one that is not there is told
     * in the log, and its tools are missing.
     *
     * @return each name once, the same ones at every call
     */
    List<ChatTool> chatTools();

    /**
     * Ready-made words for people who describe a picture: styles, artists, light.
     *
     * @return those that ship, those of plugins, and those of the user's files in {@code presets/}
     */
    Presets presets();

    /**
     * What was asked and what came of it: pictures that were made, prompts that were written.
     *
     * @return the history of this library
     * @throws dev.gaze.api.problem.GazeException when it is open read-only
     */
    History history();

    /**
     * Where conversations with a prompt writer are kept, so that they outlive this process.
     *
     * @return those in the database of this library
     * @throws dev.gaze.api.problem.GazeException when it is open read-only
     */
    ConversationStore conversations();

    /**
     * Begins to set up a writer of prompts over the presets, history and conversations of this library. Instructions for
     * the model are looked for in {@code instructions/} of the library; rate limit, cache and longest text are those of
     * {@code gaze.json} below {@code writer}.
     *
     * @param llm who writes; closed by the caller
     * @return a builder, ready to {@code build()}
     * @throws dev.gaze.api.problem.GazeException when it is open read-only
     */
    PromptWriterBuilder writer(Llm llm);

    /**
     * Begins to set up a writer of prompts with the {@linkplain #llm() language model} of this library.
     *
     * @return a builder, ready to {@code build()}
     * @throws dev.gaze.api.problem.GazeException when it is open read-only, or gaze-llm is not installed
     */
    default PromptWriterBuilder writer() {
        return writer(llm());
    }

    // Images ---------------------------------------------------------------------------------------------------------

    /**
     * Makes a picture.
     *
     * @param request what is wanted
     * @return its job, queued
     * @throws dev.gaze.api.problem.GazeException as {@link Jobs#submit}
     */
    default Job generate(GenerationRequest request) {
        return jobs().submit(request);
    }

    /**
     * Makes a picture from a free mix of assets.
     *
     * @param request gets an empty request and adds what is wanted
     * @return its job, queued
     * @throws dev.gaze.api.problem.GazeException as {@link Jobs#submit}
     */
    default Job generate(UnaryOperator<GenerationRequest> request) {
        return generate(request.apply(GenerationRequest.mix()));
    }

    /**
     * The jobs of this library.
     *
     * @return all of them
     * @throws dev.gaze.api.problem.GazeException when it is open read-only
     */
    Jobs jobs();

    /**
     * The servers that make the images.
     *
     * @return in the order in which they were added; empty when the library is open read-only, or when all were
     *     {@linkplain Backends#remove removed}
     */
    List<RenderServer> servers();

    /**
     * The servers, to look how they are doing, to add some and to take some away.
     *
     * @return those of this library
     * @throws dev.gaze.api.problem.GazeException when it is open read-only
     */
    Backends backends();

    /**
     * Ends every thread and connection. Jobs that have not ended stay as they are: what runs goes on on its server, and
     * whoever opens the library next goes on with all of them. May be called more than once.
     */
    @Override
    void close();
}
