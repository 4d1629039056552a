package dev.gaze.core.engine;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.workflow.WorkflowTemplate;
import dev.gaze.api.workflow.WorkflowWirer;
import dev.gaze.core.file.Confined;
import dev.gaze.core.file.DurableFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The workflow templates of a library: {@code <name>.json} in the workflows folder, with an optional map of roles beside
 * it, {@code <name>.roles.json}. A file {@code default.json} stands in for the shipped default. Files are read again when
 * they change. Safe for use by several threads.
 */
final class Templates {
    /** The name of the template that is always there. */
    static final String DEFAULT = "default";

    private static final String GRAPH = ".json";
    private static final String ROLES = ".roles.json";

    private final Path folder;
    private final WorkflowWirer wirer;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Templates(Path folder, WorkflowWirer wirer) {
        this.folder = folder;
        this.wirer = wirer;
    }

    /** A template, and of which state of its files. */
    private record Known(Stamp graph, Stamp roles, WorkflowTemplate template) {
        boolean isOf(Stamp graphNow, Stamp rolesNow) {
            return graph.equals(graphNow) && roles.equals(rolesNow);
        }
    }

    /** Size and time of a file; asked for with every plan, so without the exception a missing file costs elsewhere. */
    private record Stamp(long size, long millis) {
        static final Stamp MISSING = new Stamp(-1, 0);

        static Stamp of(Path path) {
            File file = path.toFile();
            return file.isFile() ? new Stamp(file.length(), file.lastModified()) : MISSING;
        }
    }

    List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        names.add(DEFAULT);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(GRAPH) && !file.endsWith(ROLES) && !file.startsWith("."))
                        .forEach(file -> names.add(file.substring(0, file.length() - GRAPH.length())));
            } catch (IOException failure) {
                throw DurableFile.failed("read", folder, failure);
            }
        }
        return List.copyOf(names);
    }

    WorkflowTemplate get(String name) {
        if (!Confined.isElement(name)) {
            throw missing(name);
        }
        Stamp graphNow = Stamp.of(folder.resolve(name + GRAPH));
        if (graphNow.equals(Stamp.MISSING)) {
            if (name.equals(DEFAULT)) {
                return wirer.defaultTemplate();
            }
            throw missing(name);
        }
        Stamp rolesNow = Stamp.of(folder.resolve(name + ROLES));
        Known last = known.get(name);
        if (last == null || !last.isOf(graphNow, rolesNow)) {
            last = new Known(graphNow, rolesNow, read(name, !rolesNow.equals(Stamp.MISSING)));
            known.put(name, last);
        }
        return last.template;
    }

    private WorkflowTemplate read(String name, boolean hasRoles) {
        Confined inside = new Confined(folder);
        Path graph = inside.resolve(name + GRAPH);
        JsonObject nodes = json(graph);
        JsonObject played = hasRoles ? json(inside.resolve(name + ROLES)) : JsonObject.empty();
        return placed(graph, ", ", () -> wirer.template(name, nodes, played));
    }

    private static JsonObject json(Path file) {
        byte[] bytes = DurableFile.read(file, JsonLimits.FILE.maxBytes());
        return placed(file, ":", () -> Json.object(bytes, JsonLimits.FILE));
    }

    private interface Reading<T> {
        T read();
    }

    /** What is wrong with a file names the file. */
    private static <T> T placed(Path file, String between, Reading<T> reading) {
        try {
            return reading.read();
        } catch (GazeException wrong) {
            List<Problem> problems = wrong.problems().stream()
                    .map(problem ->
                            problem.at(problem.where() == null ? file.toString() : file + between + problem.where()))
                    .toList();
            throw new GazeException(wrong.kind(), null, problems, wrong);
        }
    }

    private GazeException missing(String name) {
        String shown = name.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new GazeException(
                Kind.NOT_FOUND,
                Problem.of("There is no workflow template '" + shown + "'")
                        .at(folder.toString())
                        .fix(NearestNames.fix(name, names(), "templates")));
    }
}
