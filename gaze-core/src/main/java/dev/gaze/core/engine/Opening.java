package dev.gaze.core.engine;

import dev.gaze.api.Gaze;
import dev.gaze.api.asset.AssetKey;
import dev.gaze.api.asset.Category;
import dev.gaze.api.backend.Backends;
import dev.gaze.api.chat.ToolSettings;
import dev.gaze.api.engine.DatabaseSettings;
import dev.gaze.api.engine.OpenOptions;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.prompt.LiteralTexts;
import dev.gaze.api.tag.TagSettings;
import dev.gaze.api.time.SystemTime;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.core.asset.Access;
import dev.gaze.core.asset.AssetLibrary;
import dev.gaze.core.asset.LibraryFolders;
import dev.gaze.core.asset.ModelRoots;
import dev.gaze.core.author.AuthorRoom;
import dev.gaze.core.chat.ChatRoom;
import dev.gaze.core.fleet.Fleet;
import dev.gaze.core.history.Generations;
import dev.gaze.core.image.Covers;
import dev.gaze.core.image.ImageFiler;
import dev.gaze.core.image.UploadedImages;
import dev.gaze.core.job.Shop;
import dev.gaze.core.job.Workshop;
import dev.gaze.core.ledger.Ledger;
import dev.gaze.core.plan.ModelFiles;
import dev.gaze.core.plan.Planner;
import dev.gaze.core.plugin.Installed;
import dev.gaze.core.plugin.PluginLoader;
import dev.gaze.core.preset.LibraryPresets;
import dev.gaze.core.prompt.Composer;
import dev.gaze.core.prompt.DenyList;
import dev.gaze.core.settings.ServerChoice;
import dev.gaze.core.settings.Settings;
import dev.gaze.core.settings.SettingsFile;
import dev.gaze.core.tag.TagRoom;
import dev.gaze.core.wildcard.LibraryWildcards;
import dev.gaze.core.wildcard.WildcardLibrary;
import dev.gaze.core.wildcard.WildcardUses;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Opens a library once: settings, plugins, assets, servers, jobs, in this order, so that nothing is touched before all
 * that can be wrong with the settings and plugins is known. What was opened goes on the stack at once.
 */
final class Opening {
    private static final System.Logger LOG = System.getLogger(Gaze.class.getName());
    private static final int TOLD = 20;
    private static final int PROBES = 16;

    private final OpenOptions options;
    private final CloseStack opened;
    private final Path library;

    Opening(OpenOptions options, CloseStack opened) {
        this.options = options;
        this.opened = opened;
        library = options.library().toAbsolutePath().normalize();
    }

    Gaze open() {
        requireThere();
        SettingsFile file = new SettingsFile(library);
        Settings settings = file.read(options.environment());
        ServerChoice servers = ServerChoice.of(options.servers(), settings, options.environment());
        Installed installed = PluginLoader.load(options.plugins(), options.without(), options.discover());
        tell(settings.warnings());

        Time time = time();
        LibraryFolders folders = folders(settings);
        Map<String, List<Path>> modelRoots = modelRoots(settings);
        AssetLibrary assets = opened.add(AssetLibrary.open(
                folders, installed, new ModelRoots(modelRoots), time, access(settings), options.progress()));
        tell(assets.opened().problems());

        RandomGenerator random = options.random() == null ? new SecureRandom() : options.random();
        ModelFiles models = new ModelFiles(modelRoots);
        DefaultCheckpoint checkpoint =
                new DefaultCheckpoint(file, settings.defaultCheckpoint(), installed.categories(), assets::repository);
        WorkflowWirer wirer = installed
                .wirer()
                .<WorkflowWirer>map(known -> new CheckedWirer(known, installed.patches(), DenyList.shipped()))
                .orElseGet(NoWirer::new);
        Templates templates = new Templates(folders.data().resolve(Settings.WORKFLOWS), wirer);
        WildcardLibrary wildcards = new WildcardLibrary(wildcards(settings), time);
        WildcardUses uses = new WildcardUses(wildcards);
        if (!options.readOnly()) {
            opened.add(uses);
        }
        Steps steps = new Steps(
                composer(installed, assets, random, wildcards),
                new Planner(installed, random, models),
                checkpoint,
                templates::get,
                installed.wirer().isPresent() ? name -> templates.get(name).texts() : name -> LiteralTexts.NONE,
                uses::count);

        Fleet fleet = new Fleet(time, settings.limits().jobs().patience(), probes());
        JobRoom jobs = null;
        Backends backends = null;
        if (!options.readOnly()) {
            Workshop workshop = new Workshop(
                    steps::prepare,
                    wirer,
                    new ImageFiler(folders.uploads(), settings.limits().images(), time),
                    new Covers(assets::repository),
                    installed.categories().stream().map(Category::id).toList(),
                    time,
                    callbacks());
            OneThread events = opened.add(new OneThread("gaze-events"));
            LiveBackends live = new LiveBackends(fleet, new Connections(installed.backends(), time, events), opened);
            live.open(servers);
            backends = live;
            UploadedImages uploads = new UploadedImages(folders.uploads());
            jobs = opened.add(new JobRoom(() -> new Shop(
                    assets.database(),
                    new Ledger(assets.database(), time, uploads::place, new Generations()),
                    fleet,
                    workshop,
                    settings.limits().jobs())));
            if (assets.hadDatabase()) {
                jobs.open(); // and goes on with what a crash or an earlier closing left
            }
        }
        TagRoom tags = tags(installed, settings);
        ChatRoom chat = chat(installed, settings, tags, time);
        return new OpenGaze(
                new OpenGaze.Rooms(
                        library,
                        assets,
                        steps,
                        checkpoint,
                        models,
                        new UploadedImages(folders.uploads()),
                        wirer,
                        templates,
                        fleet,
                        backends,
                        jobs,
                        tags,
                        chat,
                        new AuthorRoom(
                                installed.authorSources(),
                                installed.categories().stream()
                                        .map(category -> assets.repository(category.id()))
                                        .toList(),
                                models,
                                tags::catalogue,
                                chat::llm,
                                chat::tools),
                        new LibraryPresets(
                                library.resolve(Settings.PRESETS),
                                settings.presets(),
                                installed.presetProviders(),
                                options.readOnly()),
                        new LibraryWildcards(wildcards, uses, options.readOnly()),
                        new WriterRoom(
                                installed.promptTargets(), settings.writer(), library.resolve(Settings.INSTRUCTIONS)),
                        time),
                opened);
    }

    private ChatRoom chat(Installed installed, Settings settings, TagRoom tags, Time time) {
        return opened.add(new ChatRoom(
                installed.chatBackends(),
                installed.chatTools(),
                installed.toolSources(),
                options.llm() == null ? settings.llm() : options.llm(),
                new ToolSettings(tags::catalogue, settings.toolServers(), time)));
    }

    private TagRoom tags(Installed installed, Settings settings) {
        DenyList denied = DenyList.shipped();
        return opened.add(new TagRoom(
                installed.tagSources(),
                new TagSettings(
                        settings.tags().file(),
                        settings.tags().categories(),
                        name -> denied.check(name).isPresent())));
    }

    private void requireThere() {
        if (options.readOnly() && !Files.isDirectory(library)) {
            throw new GazeException(
                    Kind.NOT_FOUND,
                    Problem.of("There is no library to open read-only").at(library.toString()));
        }
    }

    private Access access(Settings settings) {
        DatabaseSettings server = options.database() == null ? settings.database() : options.database();
        if (options.readOnly()) {
            return Access.READ_ONLY;
        }
        return server == null ? Access.ALONE : Access.shared(server);
    }

    private Time time() {
        return options.time() == null ? opened.add(new SystemTime()) : options.time();
    }

    private Executor callbacks() {
        return options.callbacks() == null ? opened.add(new OneThread("gaze-callbacks")) : options.callbacks();
    }

    /** Asking a server that is away takes its time, so several are asked at once. */
    private Executor probes() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(0, PROBES, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "gaze-probe");
                    thread.setDaemon(true);
                    return thread;
                });
        opened.add(threads::shutdownNow);
        return threads;
    }

    private LibraryFolders folders(Settings settings) {
        Map<String, Path> categories = new HashMap<>(settings.folders());
        categories.remove(Settings.DATA);
        categories.remove(Settings.UPLOADS);
        return new LibraryFolders(
                library,
                settings.folder(Settings.DATA, library),
                settings.folder(Settings.UPLOADS, library),
                library.resolve(".gaze"),
                categories);
    }

    private Map<String, List<Path>> modelRoots(Settings settings) {
        Map<String, List<Path>> roots = new HashMap<>(settings.modelRoots());
        options.modelRoots()
                .forEach((folder, paths) -> roots.merge(folder, paths, (filed, built) -> {
                    List<Path> both = new ArrayList<>(filed);
                    both.addAll(built);
                    return both;
                }));
        return roots;
    }

    private List<Path> wildcards(Settings settings) {
        List<Path> roots = new ArrayList<>();
        roots.add(library.resolve(Settings.WILDCARDS));
        roots.addAll(settings.wildcards());
        return roots;
    }

    private static Composer composer(
            Installed installed, AssetLibrary assets, RandomGenerator random, WildcardLibrary wildcards) {
        return new Composer(
                installed,
                (AssetKey key) -> assets.repository(key.category()).get(key.slug()),
                (category, source) -> assets.repository(category).random(source),
                random,
                wildcards::source);
    }

    /** Whoever opens a library need not look at a report to learn that a file is broken. */
    private static void tell(List<Problem> problems) {
        problems.stream().limit(TOLD).forEach(problem -> LOG.log(Level.WARNING, problem.toString()));
        if (problems.size() > TOLD) {
            LOG.log(Level.WARNING, "{0} more problems; Gaze.sync() tells all of them", problems.size() - TOLD);
        }
    }
}
