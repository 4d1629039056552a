package dev.gaze.core.engine;

import dev.gaze.api.Gaze;
import dev.gaze.api.Preview;
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
import dev.gaze.api.job.Jobs;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.Models;
import dev.gaze.api.plan.RenderPlan;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.Cast;
import dev.gaze.api.prompt.PromptBuilder;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.template.Wildcards;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.api.writer.ConversationStore;
import dev.gaze.api.writer.PromptWriter;
import dev.gaze.api.writer.PromptWriterBuilder;
import dev.gaze.core.asset.AssetLibrary;
import dev.gaze.core.author.AuthorRoom;
import dev.gaze.core.chat.ChatRoom;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.fleet.Member;
import dev.gaze.core.history.DatabaseConversations;
import dev.gaze.core.history.DatabaseHistory;
import dev.gaze.core.prompt.ChosenCheckpoint;
import dev.gaze.core.tag.TagRoom;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open library: hands every call to the room that answers it. */
final class OpenGaze implements Gaze {
    private final Rooms rooms;
    private final CloseStack opened;

    /**
     * The rooms behind the door.
     *
     * @param library the folder of the library
     * @param assets all assets
     * @param steps from a request to a plan
     * @param checkpoint the default one
     * @param models the model files of this machine
     * @param images those in the uploads folder
     * @param wirer knows graphs
     * @param templates those of the library
     * @param fleet the servers; empty when open read-only
     * @param backends null when open read-only
     * @param jobs null when open read-only
     * @param tags those of all sources
     * @param chat the language model and its tools
     * @param authors they write assets
     * @param presets those of the library
     * @param wildcards those of the library
     * @param writing what is special about prompts written here
     * @param time the clock
     */
    record Rooms(
            Path library,
            AssetLibrary assets,
            Steps steps,
            DefaultCheckpoint checkpoint,
            Models models,
            ImageFiles images,
            WorkflowWirer wirer,
            Templates templates,
            Fleet fleet,
            @Nullable Backends backends,
            @Nullable JobRoom jobs,
            TagRoom tags,
            ChatRoom chat,
            AuthorRoom authors,
            Presets presets,
            Wildcards wildcards,
            WriterRoom writing,
            Time time) {}

    OpenGaze(Rooms rooms, CloseStack opened) {
        this.rooms = rooms;
        this.opened = opened;
    }

    @Override
    public List<Category> categories() {
        return rooms.assets().categories();
    }

    @Override
    public AssetRepository assets(String category) {
        return rooms.assets().repository(category);
    }

    @Override
    public SyncReport sync() {
        return sync(progress -> {});
    }

    @Override
    public SyncReport sync(Consumer<SyncProgress> progress) {
        return rooms.assets().sync(progress);
    }

    @Override
    public Models models() {
        return rooms.models();
    }

    @Override
    public ImageFiles images() {
        return rooms.images();
    }

    @Override
    public Optional<CheckpointSettings> defaultCheckpoint() {
        return rooms.checkpoint()
                .member()
                .flatMap(member -> ChosenCheckpoint.in(new Cast(List.of(member), null)))
                .map(ChosenCheckpoint::settings);
    }

    @Override
    public void setDefaultCheckpoint(@Nullable String path) {
        if (rooms.jobs() == null) {
            throw readOnly("its settings cannot be changed");
        }
        rooms.checkpoint().set(path);
    }

    @Override
    public PromptBuilder prompts() {
        return rooms.steps().composer().builder(rooms.checkpoint()::member);
    }

    @Override
    public Preview preview(GenerationRequest request) {
        return rooms.steps().preview(request);
    }

    @Override
    public RenderPlan plan(GenerationRequest request) {
        return rooms.steps().plan(request);
    }

    @Override
    public WorkflowWirer wirer() {
        return rooms.wirer();
    }

    @Override
    public WorkflowTemplate template(String name) {
        return rooms.templates().get(name);
    }

    @Override
    public List<String> templates() {
        return rooms.templates().names();
    }

    @Override
    public Workflow wire(GenerationRequest request) {
        return wirer().wire(template(request.settings().template()), plan(request), ServerFacts.unknown());
    }

    @Override
    public Llm llm() {
        return rooms.chat().llm();
    }

    @Override
    public Author author(String category) {
        return rooms.authors().author(assets(category));
    }

    @Override
    public List<ChatTool> chatTools() {
        return rooms.chat().tools();
    }

    @Override
    public TagCatalogue tags() {
        return rooms.tags().catalogue();
    }

    @Override
    public Wildcards wildcards() {
        return rooms.wildcards();
    }

    @Override
    public Presets presets() {
        return rooms.presets();
    }

    @Override
    public History history() {
        if (rooms.jobs() == null) {
            throw readOnly("it has no history");
        }
        return new DatabaseHistory(rooms.assets()::database, rooms.time());
    }

    @Override
    public ConversationStore conversations() {
        if (rooms.jobs() == null) {
            throw readOnly("it keeps no conversations");
        }
        return new DatabaseConversations(rooms.assets()::database);
    }

    @Override
    public PromptWriterBuilder writer(Llm llm) {
        return rooms.writing()
                .prepare(PromptWriter.builder(llm))
                .presets(presets())
                .history(history())
                .conversations(conversations())
                .time(rooms.time());
    }

    @Override
    public Jobs jobs() {
        if (rooms.jobs() == null) {
            throw readOnly("it has no jobs");
        }
        return rooms.jobs().open();
    }

    @Override
    public Backends backends() {
        if (rooms.backends() == null) {
            throw readOnly("it has no servers");
        }
        return rooms.backends();
    }

    @Override
    public List<RenderServer> servers() {
        return rooms.fleet().members().stream().map(Member::server).toList();
    }

    @Override
    public void close() {
        opened.close();
    }

    private GazeException readOnly(String so) {
        return new GazeException(
                Kind.REFUSED,
                Problem.of("This library is open read-only: " + so)
                        .at(rooms.library().toString())
                        .fix("open it without readOnly()"));
    }

    /** Where it lies, and how. */
    @Override
    public String toString() {
        return "Gaze[" + rooms.library() + (rooms.jobs() == null ? ", read-only" : "") + ", "
                + rooms.assets().categories().size() + " categories, servers "
                + servers().stream().map(RenderServer::id).toList() + "]";
    }
}
