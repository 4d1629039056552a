package dev.gaze.core.wildcard;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.template.Wildcard.Kind;
import dev.gaze.api.time.Time;
import dev.gaze.core.file.DurableFile;
import dev.gaze.core.template.Entry;
import dev.gaze.core.template.ItemRules;
import dev.gaze.core.template.ListPool;
import dev.gaze.core.template.Origin;
import dev.gaze.core.template.Pool;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads wildcard files. What is wrong with one is part of its content; it hides no other. */
final class FileReading {
    /** The largest YAML or JSON file (requirement group 10). */
    static final int LARGEST = 8_000_000;
    /** Text files up to this size are kept in memory. */
    static final long SMALL = 1 << 20;

    /** Writing this many bytes takes longer than the clock of a file system takes to tick. */
    private static final long LARGE = 64 << 20;

    private static final JsonLimits LIMITS = new JsonLimits(LARGEST, 100);

    private final Time time;

    FileReading(Time time) {
        this.time = time;
    }

    FileContent read(FolderScan.Found file) {
        Instant now = time.now();
        boolean settled = file.stamp().size() > LARGE || file.stamp().isSettledAt(now);
        try {
            return file.kind() == Kind.TEXT ? text(file, settled) : structured(file, settled);
        } catch (GazeException broken) {
            List<Problem> problems = broken.problems().stream()
                    .map(problem -> problem.at(place(file, problem.where())))
                    .toList();
            return new FileContent(file, settled, List.of(), List.of(), problems);
        }
    }

    private static String place(FolderScan.Found file, @Nullable String where) {
        String path = file.path().toString();
        return where == null || where.equals(path) ? path : path + ":" + where;
    }

    private static FileContent text(FolderScan.Found file, boolean settled) {
        String folder =
                StructuredFile.folderOf(file.name().substring(0, file.name().lastIndexOf('/') + 1));
        Origin origin = new Origin(file.name(), folder, null);
        List<Problem> problems = new ArrayList<>();
        Supplier<Pool> pool;
        if (file.stamp().size() > SMALL) {
            Pool lines = new LinePool(file.path(), origin);
            pool = () -> lines;
        } else {
            Pool entries = entries(file, origin, problems);
            pool = () -> entries;
        }
        return new FileContent(file, settled, List.of(new WordList(file.name(), null, pool)), List.of(), problems);
    }

    private static Pool entries(FolderScan.Found file, Origin origin, List<Problem> problems) {
        byte[] bytes = DurableFile.read(file.path(), Integer.MAX_VALUE - 8);
        if (!isUtf8(bytes)) {
            problems.add(Problem.of("The file is no UTF-8; what is none is replaced")
                    .at(file.path().toString())
                    .fix("save it as UTF-8"));
        }
        List<Entry> entries = new ArrayList<>();
        TextEntries.read(
                bytes,
                TextEntries.byteOrderMark(bytes, bytes.length),
                bytes.length,
                entry -> entries.add(Entry.of(entry.text(), entry.weight(), origin, ItemRules.NONE)));
        return ListPool.of(entries);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException another) {
            return false;
        }
    }

    private static FileContent structured(FolderScan.Found file, boolean settled) {
        byte[] bytes = DurableFile.read(file.path(), LARGEST);
        StructuredFile found = new StructuredFile(file.name(), file.path().toString());
        found.read(value(bytes, file.kind()));
        return new FileContent(file, settled, found.lists(), found.nodes(), found.problems());
    }

    /** The tree a YAML or JSON file holds; null when it holds nothing. */
    static @Nullable JsonValue value(byte[] bytes, Kind kind) {
        if (kind == Kind.JSON) {
            return Json.read(bytes, LIMITS);
        }
        int start = TextEntries.byteOrderMark(bytes, bytes.length);
        return YamlText.read(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8), LARGEST);
    }
}
