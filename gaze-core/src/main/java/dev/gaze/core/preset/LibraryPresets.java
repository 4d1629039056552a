package dev.gaze.core.preset;

import dev.gaze.api.preset.FlatPresets;
import dev.gaze.api.preset.Popularity;
import dev.gaze.api.preset.PresetArtist;
import dev.gaze.api.preset.PresetCategory;
import dev.gaze.api.preset.PresetMode;
import dev.gaze.api.preset.PresetPack;
import dev.gaze.api.preset.PresetProvider;
import dev.gaze.api.preset.PresetQuestion;
import dev.gaze.api.preset.PresetType;
import dev.gaze.api.preset.Presets;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The presets of an open library. */
public final class LibraryPresets implements Presets {
    private final PresetSettings settings;
    private final List<PresetProvider> providers;
    private final boolean readOnly;
    private final PresetFolder folder;
    private final UserPresets user;
    private @Nullable List<PresetFile> shipped;
    private @Nullable Built built;

    /**
     * What was put together last.
     *
     * @param from the user's files it was made from, by identity
     * @param problems what is wrong with the hierarchy
     */
    private record Built(List<PresetFile> from, Hierarchy hierarchy, List<Problem> problems) {}

    /**
     * The presets of a library.
     *
     * @param folder where the user's files lie; it may be missing
     * @param settings what {@code gaze.json} says
     * @param providers those of plugins, in reading order
     * @param readOnly whether the user's file may not be written
     */
    public LibraryPresets(Path folder, PresetSettings settings, List<PresetProvider> providers, boolean readOnly) {
        this.settings = settings;
        this.providers = List.copyOf(providers);
        this.readOnly = readOnly;
        this.folder = new PresetFolder(folder, settings.limits());
        user = new UserPresets(this.folder.userFile(), this.folder.name(this.folder.userFile()), settings.limits());
    }

    @Override
    public PresetMode mode() {
        return settings.mode();
    }

    @Override
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        List<PresetFile> files = folder.files();
        files.forEach(file -> problems.addAll(file.problems()));
        PresetProblems flat = PresetProblems.gathered();
        flat(files, flat);
        problems.addAll(flat.all());
        problems.addAll(built(files).problems);
        return List.copyOf(problems);
    }

    // Flat -----------------------------------------------------------------------------------------------------------

    @Override
    public FlatPresets flat() {
        return flat(folder.files(), PresetProblems.ignored());
    }

    private FlatPresets flat(List<PresetFile> files, PresetProblems problems) {
        FlatReader reader = new FlatReader(problems);
        shipped().stream().filter(file -> !file.isHierarchy()).forEach(reader::read);
        for (PresetProvider provider : providers) {
            try {
                reader.read(provider.id(), provider.presets());
            } catch (RuntimeException thrown) { // a stranger's code; the others' presets are served all the same
                problems.add(() -> Problem.of("Presets of a plugin could not be read: " + thrown)
                        .at("preset provider '%s'".formatted(provider.id())));
            }
        }
        files.stream().filter(file -> !file.isHierarchy()).forEach(reader::read);
        return reader.presets();
    }

    @Override
    public void add(String category, String name, String text) {
        requireWritable();
        user.add(category, name, text);
    }

    @Override
    public boolean delete(String category, String name) {
        requireWritable();
        return user.delete(category, name);
    }

    private void requireWritable() {
        if (readOnly) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("This library is open read-only: its presets cannot be changed")
                            .fix("open it without readOnly()"));
        }
    }

    // The hierarchy --------------------------------------------------------------------------------------------------

    @Override
    public List<PresetCategory> categories() {
        return popularFirst(
                hierarchy().categories().values().stream()
                        .map(Hierarchy.Category::shown)
                        .toList(),
                PresetCategory::popularity);
    }

    @Override
    public List<PresetType> types(String category) {
        return popularFirst(
                category(category).types().values().stream()
                        .map(Hierarchy.Type::shown)
                        .toList(),
                PresetType::popularity);
    }

    @Override
    public List<PresetArtist> artists(String category, String type) {
        return popularFirst(
                type(category, type).artists().values().stream()
                        .map(Hierarchy.Artist::shown)
                        .toList(),
                PresetArtist::popularity);
    }

    @Override
    public List<PresetQuestion> technical(String category, String type, String artist) {
        return artist(category, type, artist).technical();
    }

    @Override
    public List<PresetQuestion> specifics(String category, String type, String artist) {
        return artist(category, type, artist).specifics();
    }

    @Override
    public List<PresetPack> packs() {
        return hierarchy().packs();
    }

    @Override
    public List<PresetQuestion> universal() {
        return hierarchy().universal();
    }

    @Override
    public List<String> qualityTags(String target) {
        return hierarchy().qualityTags().getOrDefault(target, List.of());
    }

    private Hierarchy.Category category(String id) {
        return found("Category", id, hierarchy().categories(), "categories");
    }

    private Hierarchy.Type type(String category, String id) {
        return found("Type", id, category(category).types(), "types");
    }

    private Hierarchy.Artist artist(String category, String type, String id) {
        return found("Artist", id, type(category, type).artists(), "artists");
    }

    private static <T> T found(String what, String id, Map<String, T> known, String plural) {
        T found = known.get(id);
        if (found == null) {
            throw new GazeException(
                    Kind.NOT_FOUND,
                    new Problem(what + " not found", "'" + id + "'", NearestNames.fix(id, known.keySet(), plural)));
        }
        return found;
    }

    private Hierarchy hierarchy() {
        if (settings.mode() == PresetMode.FLAT) {
            throw new GazeException(
                    Kind.INVALID,
                    new Problem(
                            "Hierarchical presets are switched off", "gaze.json", "set \"presets\": \"hierarchical\""));
        }
        return built(folder.files()).hierarchy;
    }

    private synchronized Built built(List<PresetFile> files) {
        if (built == null || built.from != files) {
            built = build(files);
        }
        return built;
    }

    /** Read when first asked for: most libraries are opened to make pictures. */
    private synchronized List<PresetFile> shipped() {
        if (shipped == null) {
            shipped = settings.shipped() ? ShippedPresets.files() : List.of();
        }
        return shipped;
    }

    private Built build(List<PresetFile> files) {
        PresetProblems problems = PresetProblems.gathered();
        List<PresetFile> read = Stream.concat(shipped().stream(), files.stream())
                .filter(PresetFile::isHierarchy)
                .toList();
        return new Built(files, new HierarchyReader(read, problems).read(), problems.all());
    }

    /** Only what is popular comes first; the rest keeps its order. */
    private static <T> List<T> popularFirst(Collection<T> all, Function<T, Popularity> popularity) {
        return Stream.concat(
                        all.stream().filter(one -> popularity.apply(one) == Popularity.HIGH),
                        all.stream().filter(one -> popularity.apply(one) != Popularity.HIGH))
                .toList();
    }
}
