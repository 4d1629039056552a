package dev.gaze.comfy.embedded.files;

import dev.gaze.api.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code output}, {@code input} and {@code temp} below one root. Without a root of its own to use, a temporary one is
 * made when the first file is written and deleted on {@link #close}. Safe for use by several threads.
 */
public final class ServerFolders implements AutoCloseable {
    /** What the server made and keeps. */
    public static final String OUTPUT = "output";
    /** What was uploaded. */
    public static final String INPUT = "input";
    /** What goes with a restart. */
    public static final String TEMP = "temp";

    private static final int REMEMBERED_PREFIXES = 1_000;
    private static final List<String> TYPES = List.of(OUTPUT, INPUT, TEMP);

    private final Time time;
    private final boolean ours;
    private final Map<Path, Integer> nextNumber = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Integer> eldest) {
            return size() > REMEMBERED_PREFIXES; // a forgotten one is found again by listing its folder
        }
    };
    private volatile @Nullable Path root;

    /**
     * Folders below a root.
     *
     * @param root where; null for a temporary one
     * @param time stamps the files
     */
    public ServerFolders(@Nullable Path root, Time time) {
        this.root = root == null ? null : root.toAbsolutePath().normalize();
        this.ours = root == null;
        this.time = time;
    }

    /** Whether there is a folder of that type. */
    public static boolean isType(String type) {
        return TYPES.contains(type);
    }

    /** The folder of a type ({@link #isType}); it need not exist yet. */
    public Path folder(String type) {
        Path known = root;
        return (known == null ? makeRoot() : known).resolve(type);
    }

    private synchronized Path makeRoot() {
        Path known = root;
        if (known == null) {
            try {
                known = Files.createTempDirectory("gaze-embedded-comfy")
                        .toAbsolutePath()
                        .normalize();
            } catch (IOException unwritable) {
                throw new UncheckedIOException("The embedded server cannot make its folder for images", unwritable);
            }
            root = known;
        }
        return known;
    }

    /** A file named as graphs and {@code /view} do ({@code x.png}, {@code x.png [temp]}); empty when it is not there. */
    public Optional<Path> find(AnnotatedName name, String subfolder, String type) {
        if (root == null) {
            return Optional.empty();
        }
        Path file = folder(name.type() == null ? type : name.type())
                .resolve(subfolder)
                .resolve(name.file())
                .normalize();
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** The names of the files at the top of the input folder. */
    public List<String> inputNames() {
        if (root == null || !Files.isDirectory(folder(INPUT))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder(INPUT))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Writes {@code <name>_00001_.png} with the next free number.
     *
     * @param folder below one of the three folders
     * @param name the part in front of the number
     * @return the file name
     */
    public String writeNumbered(Path folder, String name, byte[] bytes) throws IOException {
        while (true) {
            String file = "%s_%05d_.png".formatted(name, takeNumber(folder, name));
            try {
                write(folder.resolve(file), bytes, StandardOpenOption.CREATE_NEW);
                return file;
            } catch (FileAlreadyExistsException taken) {
                // somebody else put a file there; the next number will do
            }
        }
    }

    private int takeNumber(Path folder, String name) {
        Path key = folder.resolve(name);
        synchronized (nextNumber) {
            Integer known = nextNumber.get(key);
            int number = known == null ? firstFree(folder, name) : known;
            nextNumber.put(key, number + 1);
            return number;
        }
    }

    private static int firstFree(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return 1;
        }
        String start = name + '_';
        try (Stream<Path> files = Files.list(folder)) {
            return 1
                    + files.map(file -> file.getFileName().toString())
                            .filter(file -> file.startsWith(start))
                            .mapToInt(file -> number(file.substring(start.length())))
                            .max()
                            .orElse(0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int number(String rest) {
        String digits = rest.split("_", 2)[0];
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    }

    /** Writes a file, making its folder, replacing what is there. */
    public void write(Path file, byte[] bytes) throws IOException {
        write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void write(Path file, byte[] bytes, StandardOpenOption... how) throws IOException {
        StandardOpenOption[] options = Stream.concat(Stream.of(how), Stream.of(StandardOpenOption.WRITE))
                .toArray(StandardOpenOption[]::new);
        if (!Files.isDirectory(file.getParent())) {
            Files.createDirectories(file.getParent());
        }
        Files.write(file, bytes, options);
        Files.setLastModifiedTime(file, FileTime.from(time.now()));
    }

    /** Empties {@code temp}, as a start of the server does. */
    public void emptyTemp() {
        if (root != null) {
            delete(folder(TEMP));
            synchronized (nextNumber) {
                nextNumber.clear();
            }
        }
    }

    /** Deletes the temporary root, if that is what this is. */
    @Override
    public void close() {
        Path known = root;
        if (ours && known != null) {
            delete(known);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure) throws IOException {
                    Files.deleteIfExists(done);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            System.getLogger(ServerFolders.class.getName())
                    .log(System.Logger.Level.WARNING, "The folder " + folder + " could not be deleted", failed);
        }
    }
}
