package dev.gaze.core.wildcard;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Resolution;
import dev.gaze.api.template.Resolutions;
import dev.gaze.api.template.TemplateRequest;
import dev.gaze.api.template.Wildcard;
import dev.gaze.api.template.WildcardVersion;
import dev.gaze.api.template.Wildcards;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import dev.gaze.core.template.TemplateRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The wildcards of a library as its users see them. Safe for use by several threads. */
public final class LibraryWildcards implements Wildcards {
    private static final Pattern SAYABLE =
            Pattern.compile("[\\p{L}\\p{Nd}_./-]([\\p{L}\\p{Nd}_./ -]*[\\p{L}\\p{Nd}./-])?");

    private static final String TEXT = ".txt";
    /** How many characters the results of one request may have, all together. */
    private static final long MOST_WRITTEN = 50_000_000;

    private final WildcardLibrary library;
    private final WildcardUses uses;
    private final boolean readOnly;

    /**
     * The wildcards of a library.
     *
     * @param library finds them
     * @param uses how often they were used
     * @param readOnly whether saving is refused
     */
    public LibraryWildcards(WildcardLibrary library, WildcardUses uses, boolean readOnly) {
        this.library = library;
        this.uses = uses;
        this.readOnly = readOnly;
    }

    @Override
    public List<Wildcard> list() {
        return library.state().files().stream()
                .filter(content -> !content.lists().isEmpty())
                .map(LibraryWildcards::described)
                .sorted(Comparator.comparing(Wildcard::name)
                        .thenComparing(wildcard -> wildcard.file().toString()))
                .toList();
    }

    private static Wildcard described(FileContent content) {
        FolderScan.Found file = content.file();
        List<String> categories = new ArrayList<>();
        long templates = 0;
        long entries = 0;
        for (WordList list : content.lists()) {
            long size = list.pool().get().size();
            entries += size;
            String alias = list.alias();
            if (alias != null) {
                String category = alias.substring(file.name().length() + 1);
                categories.add(category);
                templates += ("/" + category + "/").contains("/templates/") ? size : 0;
            }
        }
        return new Wildcard(file.name(), file.kind(), file.path(), categories, templates, entries);
    }

    @Override
    public List<Problem> problems() {
        return problems(library.state());
    }

    @Override
    public List<Problem> reload() {
        return problems(library.reload());
    }

    private List<Problem> problems(WildcardLibrary.State state) {
        List<Problem> problems = new ArrayList<>(state.problems());
        problems.addAll(LoraLinks.of(library.roots()).problems());
        return problems;
    }

    @Override
    public Resolutions resolve(TemplateRequest request) {
        TemplateRun run = new TemplateRun(request, library.source());
        List<Resolution> items = new ArrayList<>();
        long written = 0;
        for (Resolution item = run.next(); item != null; item = written > MOST_WRITTEN ? null : run.next()) {
            items.add(item);
            written += item.text().length();
        }
        List<Problem> warnings = new ArrayList<>(run.warnings());
        if (written > MOST_WRITTEN && items.size() < request.count()) {
            warnings.add(Problem.of("%d results have more than %d characters; no more are written"
                            .formatted(items.size(), MOST_WRITTEN))
                    .fix("ask for fewer at once"));
        }
        if (run.used().isEmpty()) {
            return new Resolutions(items, List.of(), warnings);
        }
        LoraLinks links = LoraLinks.of(library.roots());
        warnings.addAll(links.problems());
        return new Resolutions(items, links.of(run.used()), warnings);
    }

    @Override
    public List<String> suggest(String written, int most) {
        if (most < 1 || most > MOST_SUGGESTED) {
            throw new IllegalArgumentException(
                    "%d suggestions are asked for; accepted are 1 to %d".formatted(most, MOST_SUGGESTED));
        }
        return Suggestion.of(written, library.state().files(), uses.all()).stream()
                .limit(most)
                .map(Suggestion::name)
                .toList();
    }

    // Versions -------------------------------------------------------------------------------------------------------

    @Override
    public List<WildcardVersion> versions(String name) {
        Place place = place(name);
        List<WildcardVersion> versions = new SavedVersions(place.file, place.name).list();
        if (versions.isEmpty()) {
            List<String> known = library.state().files().stream()
                    .map(content -> content.file().name())
                    .toList();
            throw new GazeException(
                    Kind.NOT_FOUND,
                    Problem.of("There is no wildcard file '%s'".formatted(name))
                            .fix(NearestNames.fix(name, known, "wildcards")));
        }
        return versions;
    }

    @Override
    public String text(WildcardVersion version) {
        boolean ours = library.roots().stream().anyMatch(root -> new Confined(root).contains(version.file()));
        if (!ours) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("This version is none of this library")
                            .at(version.file().toString()));
        }
        return new String(DurableFile.read(version.file(), FileReading.LARGEST), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized WildcardVersion save(String name, String content) {
        if (readOnly) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("This library is open read-only: its wildcards cannot be changed")
                            .at(name)
                            .fix("open it without readOnly()"));
        }
        Place place = place(name);
        requireSayable(name);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > FileReading.LARGEST) {
            throw SavedVersions.tooLarge(place.name, bytes.length);
        }
        requireReadable(place, bytes);
        return new SavedVersions(place.file, place.name).save(bytes);
    }

    private static void requireReadable(Place place, byte[] bytes) {
        Wildcard.Kind kind = FolderScan.kind(place.file.getFileName().toString());
        if (kind != null && kind != Wildcard.Kind.TEXT) {
            try {
                FileReading.value(bytes, kind);
            } catch (GazeException wrong) {
                List<Problem> problems = wrong.problems().stream()
                        .map(problem -> problem.at(place.name + (problem.where() == null ? "" : ":" + problem.where())))
                        .toList();
                throw new GazeException(wrong.kind(), null, problems, wrong);
            }
        }
    }

    /**
     * Where a wildcard file lies, or would lie.
     *
     * @param file its path
     * @param name its path below its root, with extension
     */
    private record Place(Path file, String name) {}

    /** A file whose name no template can write would lie there for nobody. */
    private static void requireSayable(String given) {
        String stem = FolderScan.kind(given) == null ? given : given.substring(0, given.lastIndexOf('.'));
        if (!SAYABLE.matcher(stem).matches() || stem.contains("__") || stem.endsWith("_")) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of("No template can name a wildcard '%s'".formatted(given))
                            .fix(
                                    "use letters, digits, '-', '.', '/', single '_' and blanks within, such as 'hue/warm'"));
        }
    }

    private Place place(String given) {
        Wildcard.Kind kind = FolderScan.kind(given);
        String stem = kind == null ? given : given.substring(0, given.lastIndexOf('.'));
        boolean hidden = List.of(given.split("[/\\\\]")).stream()
                .anyMatch(element -> element.strip().startsWith("."));
        Path first = library.roots().get(0);
        Path wanted = new Confined(first).resolve(kind == null ? given + TEXT : given);
        if (hidden || stem.isBlank() || stem.endsWith("/")) {
            throw new GazeException(
                    Kind.REFUSED,
                    Problem.of("'%s' is no name of a wildcard file".formatted(given))
                            .fix("name it as templates do, such as 'hue/warm'"));
        }
        Path file = library.state().files().stream()
                .map(FileContent::file)
                .filter(known -> WildcardIndex.key(known.name()).equals(WildcardIndex.key(stem)))
                .filter(known -> kind == null || known.kind() == kind)
                .map(FolderScan.Found::path)
                .findFirst()
                .orElse(wanted);
        Path root =
                library.roots().stream().filter(file::startsWith).findFirst().orElse(first);
        return new Place(file, root.relativize(file).toString().replace('\\', '/'));
    }
}
