package dev.gaze.core.plan;

import dev.gaze.api.asset.ModelFile;
import dev.gaze.api.plan.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The model files below the model roots of this machine. Every call looks at the disk; only what headers say is
 * remembered, for as long as a file keeps its size and time. Safe for use by several threads.
 */
public final class ModelFiles implements Models {
    private static final String LORAS = ModelFile.LORA.folder();
    private static final String CHECKPOINTS = "checkpoints";
    private static final Set<String> LORA_EXTENSIONS = Set.of(".safetensors");
    private static final Set<String> CHECKPOINT_EXTENSIONS = Set.of(".safetensors", ".ckpt");
    private static final long LARGE = 150_000_000;
    private static final int REMEMBERED = 1_000;

    private final Map<String, List<Path>> roots;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    /** What a header said, and of which state of the file. */
    private record Known(long size, long time, SafetensorsHeader header) {}

    /**
     * The files below some roots.
     *
     * @param roots folders by ComfyUI's name of what lies in them ({@code loras}, {@code checkpoints}); of two files of
     *     one name the one below the first root counts
     */
    public ModelFiles(Map<String, List<Path>> roots) {
        this.roots = Map.copyOf(roots);
    }

    @Override
    public List<String> loras() {
        return scan(LORAS, LORA_EXTENSIONS);
    }

    @Override
    public List<String> checkpoints() {
        return scan(CHECKPOINTS, CHECKPOINT_EXTENSIONS);
    }

    @Override
    public LoraCheck check(String file) {
        if (LORA_EXTENSIONS.stream().noneMatch(file::endsWith)) {
            return unreadable("'%s' is no .safetensors file".formatted(file));
        }
        Optional<Path> found = find(LORAS, file);
        if (found.isEmpty()) {
            return unreadable("there is no file '%s' below the loras folders".formatted(file));
        }
        Known known;
        try {
            known = known(found.get());
        } catch (IOException wrong) {
            return unreadable("'%s' cannot be read: %s".formatted(file, wrong.getMessage()));
        }
        SafetensorsHeader header = known.header;
        if (header.problem().isPresent()) {
            return unreadable("'%s' %s".formatted(file, header.problem().get()));
        }
        Optional<String> hint = header.base().isEmpty() && known.size > LARGE
                ? Optional.of("larger than 150 MB, which is usual for SDXL")
                : Optional.empty();
        return new LoraCheck(header.base(), Optional.empty(), hint);
    }

    @Override
    public Map<String, String> metadata(String folder, String file) {
        return find(folder, file).map(SafetensorsHeader::metadata).orElse(Map.of());
    }

    /**
     * Looks into a checkpoint's header for the family of models it belongs to.
     *
     * @param file name below the {@code checkpoints} folder
     * @return the family; empty when the file is not here or does not tell
     */
    public Optional<BaseModel> baseOfCheckpoint(String file) {
        return find(CHECKPOINTS, file).flatMap(path -> {
            try {
                return known(path).header.base();
            } catch (IOException unreadable) {
                return Optional.empty(); // the same as a file that is not here: nothing is known of it
            }
        });
    }

    private static LoraCheck unreadable(String reason) {
        return new LoraCheck(Optional.empty(), Optional.of(reason), Optional.empty());
    }

    private Known known(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        long size = attributes.size();
        long time = attributes.lastModifiedTime().toMillis();
        Known before = known.get(file);
        if (before != null && before.size == size && before.time == time) {
            return before;
        }
        Known now = new Known(size, time, SafetensorsHeader.read(file));
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(file, now);
        return now;
    }

    /** The file of a name, as long as it lies below a root by name; links inside a root may lead out of it. */
    private Optional<Path> find(String folder, String name) {
        for (Path root : roots.getOrDefault(folder, List.of())) {
            try {
                Path base = root.toAbsolutePath().normalize();
                Path file = base.resolve(name.replace('\\', '/')).normalize();
                if (!file.equals(base) && file.startsWith(base) && Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            } catch (InvalidPathException noName) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private List<String> scan(String folder, Set<String> extensions) {
        SortedSet<String> names = new TreeSet<>();
        for (Path root : roots.getOrDefault(folder, List.of())) {
            if (Files.isDirectory(root)) {
                scan(root, extensions, names);
            }
        }
        return List.copyOf(names);
    }

    /** Links are followed, since model folders often are links; a circle of them and what cannot be read is passed over. */
    private static void scan(Path root, Set<String> extensions, SortedSet<String> names) {
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 32, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = root.relativize(file).toString().replace('\\', '/');
                    if (attributes.isRegularFile() && extensions.stream().anyMatch(name::endsWith)) {
                        names.add(name);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
