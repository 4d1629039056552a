package dev.gaze.core.wildcard;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import dev.gaze.core.file.DurableFile;
import dev.gaze.core.template.Entry;
import dev.gaze.core.template.ItemRules;
import dev.gaze.core.template.Origin;
import dev.gaze.core.template.Pool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a text file too large for memory, read one block at a time. A file that changes while it is used is
 * scanned again, so that every entry is a whole line of what is there. Safe for use by several threads.
 */
final class LinePool implements Pool {
    private static final int MOST_SCANS = 5;

    private final Path file;
    private final Origin origin;
    private @Nullable LineIndex index;
    private volatile @Nullable Block last; // what comes next often lies beside it

    LinePool(Path file, Origin origin) {
        this.file = file;
        this.origin = origin;
    }

    @Override
    public long size() {
        return index().entries();
    }

    @Override
    public boolean uniform() {
        return index().uniform();
    }

    @Override
    public double total() {
        return index().total();
    }

    @Override
    public long at(double point) {
        LineIndex known = index();
        if (known.uniform()) {
            return Math.min((long) point, known.entries() - 1);
        }
        Block block = read(found -> found.blockAt(point));
        double sum = block.index.sum(block.number);
        long at = block.index.count(block.number);
        for (Weighted entry : block.entries) {
            sum += entry.weight();
            if (point < sum) {
                return at;
            }
            at++;
        }
        return Math.max(0, at - 1);
    }

    @Override
    public double weight(long wanted) {
        return find(wanted).weight();
    }

    @Override
    public Entry entry(long wanted) {
        Weighted found = find(wanted);
        return Entry.of(found.text(), found.weight(), origin, ItemRules.NONE);
    }

    /** The index is made by whoever asks first; others wait for it. */
    private synchronized LineIndex index() {
        if (index == null) {
            index = scan();
        }
        return index;
    }

    private synchronized void forget(LineIndex outdated) {
        if (index == outdated) {
            index = null;
        }
    }

    /** What is wrong with the file, as far as it was scanned. */
    synchronized List<Problem> problems() {
        if (index == null || index.overlong() == 0) {
            return List.of();
        }
        return List.of(Problem.of("%d lines are longer than %d bytes; they are passed over"
                        .formatted(index.overlong(), TextEntries.LONGEST_LINE))
                .at(file.toString())
                .fix("break them into shorter ones"));
    }

    private LineIndex scan() {
        try {
            return LineIndex.of(file);
        } catch (IOException failure) {
            throw DurableFile.failed("read", file, failure);
        }
    }

    // Reading --------------------------------------------------------------------------------------------------------

    private record Block(LineIndex index, int number, List<Weighted> entries) {}

    private interface Choice {
        int block(LineIndex index);
    }

    private Weighted find(long wanted) {
        Block block = read(found -> found.blockOf(Math.min(wanted, found.entries() - 1)));
        long at = Math.min(wanted, block.index.entries() - 1) - block.index.count(block.number);
        return block.entries.get((int) at);
    }

    private Block read(Choice choice) {
        for (int i = 0; i < MOST_SCANS; i++) {
            LineIndex known = index();
            if (known.entries() == 0) {
                break;
            }
            Block found = block(known, choice.block(known));
            if (found != null) {
                return found;
            }
            forget(known);
        }
        throw new GazeException(
                Kind.UNAVAILABLE,
                Problem.of("The file keeps changing while it is read")
                        .at(file.toString())
                        .fix("try again once it is written"));
    }

    /** A block; null when the file is no longer the one that was scanned. */
    private @Nullable Block block(LineIndex known, int number) {
        Block before = last;
        try {
            if (before == null || before.index != known || before.number != number) {
                before = new Block(known, number, entries(known, number));
            }
            if (!FolderScan.stamp(Files.readAttributes(file, BasicFileAttributes.class))
                    .equals(known.stamp())) {
                return null;
            }
        } catch (IOException failure) {
            throw DurableFile.failed("read", file, failure);
        }
        last = before;
        return before;
    }

    private List<Weighted> entries(LineIndex known, int number) throws IOException {
        long offset = known.offset(number);
        // Every entry of a block starts in its first bytes; what comes behind is never more than the last of them.
        long length = Math.min(known.end(number) - offset, LineIndex.BLOCK + (long) TextEntries.LONGEST_LINE);
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                // reads on
            }
        }
        List<Weighted> entries = new ArrayList<>();
        TextEntries.read(bytes.array(), 0, bytes.position(), entries::add);
        return entries;
    }
}
