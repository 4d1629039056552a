package dev.gaze.core.asset;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.DurableFile;
import dev.gaze.core.file.ProcessStamp;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a library, held by one opening at a time: a lock on {@code .gaze/lock}, which the system lets go
 * of when the process dies, and {@code .gaze/lock.json} beside it, which tells others who holds it (Windows does not
 * let them read the locked file itself).
 *
 * <p>Within one Java process the lock alone is not enough: on POSIX systems closing <em>any</em> channel on a file drops
 * all locks the process has on it, so a second opening that only tried would set the first one's lock free. Therefore
 * all openings of one folder take turns on a monitor of the whole Java process (the interned path, shared by all class
 * loaders), and one that finds its own process in {@code lock.json} never touches the lock file.
 */
final class LibraryLock implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LibraryLock.class.getName());

    private final Path owner;
    private final String monitor;
    private final FileChannel channel;
    private boolean held = true;

    private LibraryLock(Path owner, String monitor, FileChannel channel) {
        this.owner = owner;
        this.monitor = monitor;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param folder the {@code .gaze} folder, which exists
     * @param library what to call the library
     * @param now for the others: since when it is held
     * @throws GazeException {@code CONFLICT} when somebody else holds it, naming who
     */
    static LibraryLock take(Path folder, Path library, Instant now) {
        try {
            Path real = folder.toRealPath();
            String monitor = ("dev.gaze.lock:" + real).intern();
            synchronized (monitor) {
                Path owner = real.resolve("lock.json");
                JsonObject holder = read(owner);
                if (isThisProcess(holder)) {
                    throw taken(library, holder);
                }
                FileChannel channel =
                        FileChannel.open(real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (!tryLock(channel)) {
                    channel.close();
                    throw taken(library, read(owner));
                }
                LibraryLock lock = new LibraryLock(owner, monitor, channel);
                try {
                    Files.write(
                            owner, Json.pretty(self(now))); // tells nothing after a crash, so it is not forced to disk
                } catch (IOException | RuntimeException failure) {
                    lock.close();
                    throw failure;
                }
                return lock;
            }
        } catch (IOException failure) {
            throw DurableFile.failed("lock", folder, failure);
        }
    }

    /** Lets go. May be called more than once. */
    @Override
    public void close() {
        synchronized (monitor) {
            if (held) {
                held = false;
                try {
                    Files.deleteIfExists(owner);
                    channel.close();
                } catch (IOException failure) {
                    LOG.log(Level.WARNING, "The lock of a library was not let go in order: {0}", owner, failure);
                }
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static JsonObject self(Instant now) {
        ProcessStamp process = ProcessStamp.mine();
        return JsonObject.of(
                "pid", process.pid(),
                "started", process.started(),
                "host", ProcessStamp.host(),
                "since", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static boolean isThisProcess(JsonObject holder) {
        ProcessStamp process = ProcessStamp.mine();
        return number(holder, "pid") == process.pid()
                && number(holder, "started") == process.started()
                && holder.text("host").orElse("").equals(ProcessStamp.host());
    }

    private static long number(JsonObject json, String key) {
        return json.number(key)
                .map(JsonNumber::asBigInteger)
                .map(Number::longValue)
                .orElse(-1L);
    }

    private static JsonObject read(Path owner) {
        try {
            return Json.object(DurableFile.read(owner, JsonLimits.FILE.maxBytes()), JsonLimits.FILE);
        } catch (GazeException nobodyOrBroken) {
            return JsonObject.empty();
        }
    }

    private static GazeException taken(Path library, JsonObject holder) {
        @Nullable String pid = holder.text("pid").orElse(null);
        String who = pid == null
                ? "another process"
                : "process %s on %s since %s%s"
                        .formatted(
                                pid,
                                holder.text("host").orElse("an unknown host"),
                                holder.text("since").orElse("an unknown time"),
                                isThisProcess(holder) ? ", which is this one" : "");
        return new GazeException(
                Kind.CONFLICT,
                new Problem(
                        "This library is open already: " + who,
                        library.toString(),
                        "close it there, or open it read-only: Gaze.builder().library(…).readOnly()"));
    }
}
