package dev.gaze.core.file;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.UUID;

/**
 * Writes files so that a crash, a full disk or a power cut leaves the old or the new content and nothing between.
 *
 * <p>The content goes to a temporary file in the same folder, is forced to disk, and is moved over the target in one
 * step; then the folder is forced, so that the move itself survives. The temporary file's name tells which process made
 * it; {@link #sweep} removes those of processes that are gone. What fails is a {@link GazeException} that names the
 * file; the target is then as it was.
 */
public final class DurableFile {
    private static final String PREFIX = ".~";
    private static final String SUFFIX = ".tmp";
    private static final int LONGEST_NAME_KEPT = 100;

    private DurableFile() {}

    /**
     * Writes a file, replacing one that is there. Missing folders are made.
     *
     * @param target where
     * @param content its new content
     */
    public static void write(Path target, byte[] content) {
        write(target, content, () -> {});
    }

    /**
     * Writes a file, after a last look at the moment before it takes its place.
     *
     * @param target where
     * @param content its new content
     * @param lastLook throws to leave everything as it is, such as when somebody else was faster
     */
    public static void write(Path target, byte[] content, Runnable lastLook) {
        withTemporary(target, content, temporary -> {
            lastLook.run();
            replace(temporary, target);
        });
    }

    /**
     * Writes a file only if there is none. Missing folders are made.
     *
     * @param target where
     * @param content its content
     * @return false when there is one already; it is left alone
     */
    public static boolean create(Path target, byte[] content) {
        return create(target, content, () -> {});
    }

    /**
     * Writes a file only if there is none, after a last look at the moment before it takes its place.
     *
     * @param target where
     * @param content its content
     * @param lastLook throws to leave everything as it is
     * @return false when there is one already; it is left alone
     */
    public static boolean create(Path target, byte[] content, Runnable lastLook) {
        boolean[] created = new boolean[1];
        withTemporary(target, content, temporary -> {
            lastLook.run();
            created[0] = putIfAbsent(temporary, target);
        });
        return created[0];
    }

    /**
     * Moves a file or folder on the same disk to a place where nothing is. Missing folders are made.
     *
     * @param from what
     * @param to where to
     */
    public static void move(Path from, Path to) {
        try {
            makeFolders(parent(to));
            if (Files.exists(to, LinkOption.NOFOLLOW_LINKS) && !Files.isSameFile(from, to)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(parent(to));
            if (!parent(from).equals(parent(to))) {
                forceFolder(parent(from));
            }
        } catch (IOException failure) {
            throw failed("move to " + to, from, failure);
        }
    }

    /**
     * Deletes a file, if it is there.
     *
     * @param file which
     * @return whether it was there
     */
    public static boolean delete(Path file) {
        try {
            boolean deleted = Files.deleteIfExists(file);
            if (deleted) {
                forceFolder(parent(file));
            }
            return deleted;
        } catch (IOException failure) {
            throw failed("delete", file, failure);
        }
    }

    /**
     * Reads a whole file, unless it is too large.
     *
     * @param file which
     * @param maxBytes the most that is read, 0 or more
     * @return its content
     * @throws GazeException {@code REFUSED} when it is larger, without reading it; {@code NOT_FOUND} when it is not
     *     there; {@code FAILED} when it cannot be read
     */
    public static byte[] read(Path file, long maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > maxBytes) {
                throw tooLarge(file, size, maxBytes);
            }
            // One byte more than allowed: the file may be growing, or be no plain file at all.
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
            if (bytes.length > maxBytes) {
                throw tooLarge(file, bytes.length, maxBytes);
            }
            return bytes;
        } catch (NoSuchFileException gone) {
            throw new GazeException(
                    Kind.NOT_FOUND, Problem.of("There is no such file").at(file.toString()));
        } catch (IOException failure) {
            throw failed("read", file, failure);
        }
    }

    /**
     * Whether a file name is that of a temporary file of ours.
     *
     * @param name the name without folders
     * @return true also while it is being written
     */
    public static boolean isTemporary(String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /**
     * Removes the temporary files that processes of this machine left behind when they died.
     *
     * @param folder where to look, not below
     * @return how many were removed
     */
    public static int sweep(Path folder) {
        return sweep(folder, false);
    }

    /**
     * Removes the temporary files that processes left behind when they died.
     *
     * @param folder where to look, not below
     * @param alone as for {@link #removeIfAbandoned}
     * @return how many were removed
     */
    public static int sweep(Path folder, boolean alone) {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (removeIfAbandoned(file, alone)) {
                    removed++;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            return 0;
        } catch (DirectoryIteratorException failure) {
            throw failed("read", folder, failure.getCause());
        } catch (IOException failure) {
            throw failed("read", folder, failure);
        }
        return removed;
    }

    /**
     * Removes a temporary file if the process that made it is gone.
     *
     * @param file a file whose name {@link #isTemporary}
     * @param alone whether no process of another machine can be writing there, so that those of other machines are gone
     * @return whether it was removed
     */
    public static boolean removeIfAbandoned(Path file, boolean alone) {
        String name = file.getFileName().toString();
        String[] parts = name.substring(0, name.length() - SUFFIX.length()).split("\\.");
        boolean abandoned = parts.length > 2
                && ProcessStamp.parse(parts[parts.length - 2])
                        .filter(process -> !process.alive() && (alone || process.isHere()))
                        .isPresent();
        try {
            return abandoned && Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw failed("delete", file, failure);
        }
    }

    /**
     * What to say when a file cannot be worked with.
     *
     * @param doing what was tried, such as {@code write}
     * @param file with which file
     * @param failure what the system said
     * @return the exception to throw
     */
    public static GazeException failed(String doing, Path file, IOException failure) {
        return new GazeException(
                Kind.FAILED,
                null,
                List.of(
                        new Problem(
                                "Cannot " + doing + ": " + reason(failure),
                                file.toString(),
                                "nothing was changed; check the disk's free space and the rights on this place, then try again")),
                failure);
    }

    // Steps ----------------------------------------------------------------------------------------------------------

    private interface Placing {
        void place(Path temporary) throws IOException;
    }

    private static void withTemporary(Path target, byte[] content, Placing placing) {
        Path temporary = parent(target).resolve(temporaryName(target));
        try {
            try {
                writeForced(temporary, content);
                placing.place(temporary);
                forceFolder(parent(target));
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failure) {
            throw failed("write", target, failure);
        }
    }

    private static String temporaryName(Path target) {
        String name = target.getFileName().toString();
        String kept = name.length() > LONGEST_NAME_KEPT ? name.substring(0, LONGEST_NAME_KEPT) : name;
        return PREFIX + kept + "." + ProcessStamp.mine() + "." + unique() + SUFFIX;
    }

    private static String unique() {
        return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 16, 36);
    }

    private static void writeForced(Path file, byte[] content) throws IOException {
        try {
            writeNew(file, content);
        } catch (NoSuchFileException noFolderYet) {
            makeFolders(parent(file));
            writeNew(file, content);
        }
    }

    /** Each one that is made is forced in the folder where it lies. */
    private static void makeFolders(Path folder) throws IOException {
        Path there = folder;
        while (there != null && Files.notExists(there)) {
            there = there.getParent();
        }
        Files.createDirectories(folder);
        for (Path made = folder; !made.equals(there); made = parent(made)) {
            forceFolder(parent(made));
        }
    }

    private static void writeNew(Path file, byte[] content) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
    }

    private static void replace(Path temporary, Path target) throws IOException {
        keepRights(temporary, target);
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException unusualDisk) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whoever may read or write a file may still do so when it is replaced. */
    private static void keepRights(Path temporary, Path target) throws IOException {
        PosixFileAttributeView rights = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (rights != null && Files.exists(target)) {
            Files.setPosixFilePermissions(temporary, rights.readAttributes().permissions());
        }
    }

    private static boolean putIfAbsent(Path temporary, Path target) throws IOException {
        try {
            // A hard link is the one move that fails when the target is there.
            Files.createLink(target, temporary);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException withoutHardLinks) {
            return reserveAndReplace(temporary, target);
        }
    }

    private static boolean reserveAndReplace(Path temporary, Path target) throws IOException {
        try {
            Files.createFile(target);
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
        try {
            replace(temporary, target);
        } catch (IOException failure) {
            Files.deleteIfExists(target);
            throw failure;
        }
        return true;
    }

    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (FileSystemException cannotOpenFolders) {
            // Windows opens no folders; NTFS writes moves to its journal by itself.
            if (Files.notExists(folder)) {
                throw cannotOpenFolders;
            }
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new UncheckedIOException(new IOException(file + " has no folder"));
        }
        return parent;
    }

    private static GazeException tooLarge(Path file, long size, long maxBytes) {
        return new GazeException(
                Kind.REFUSED,
                new Problem(
                        "The file has %d bytes; at most %d are read".formatted(size, maxBytes),
                        file.toString(),
                        "make it smaller, or remove it"));
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "something of that name is already there";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
