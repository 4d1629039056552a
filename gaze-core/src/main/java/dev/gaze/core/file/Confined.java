package dev.gaze.core.file;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that names from outside may point into and never out of (requirement group 10, I14, I80, D63).
 *
 * <p>A name is refused by its spelling first (absolute, drive, UNC, NUL, {@code ..}, still percent-encoded), then by
 * where it really leads: its real path, links resolved, must lie within the real path of the folder, compared by path
 * element, so that {@code /data/out-b} is not inside {@code /data/out}.
 *
 * @param root the folder, absolute; it need not exist yet
 */
public record Confined(Path root) {
    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:.*", Pattern.DOTALL);
    private static final Pattern ENCODED = Pattern.compile("%(?:2e|2f|5c|00|25)", Pattern.CASE_INSENSITIVE);

    /** Makes the folder absolute. */
    public Confined {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The path a name stands for.
     *
     * @param name relative, with {@code /} or {@code \} between elements
     * @return an absolute path below the folder; nothing need exist there
     * @throws GazeException {@code REFUSED} when the name leads out of the folder, through links too
     */
    public Path resolve(String name) {
        String wrong = wrongWith(name);
        if (wrong != null) {
            throw refused(name, wrong);
        }
        Path path;
        try {
            path = root.resolve(name.replace('\\', '/')).normalize();
        } catch (InvalidPathException unspeakable) {
            throw refused(name, "holds a character this system does not accept");
        }
        if (path.equals(root) || !contains(path)) {
            throw refused(name, path.equals(root) ? "names the folder itself" : "leads out of it through a link");
        }
        return path;
    }

    /**
     * The path of a file that exists.
     *
     * @param name relative, with {@code /} or {@code \} between elements
     * @return an absolute path below the folder, where a regular file lies
     * @throws GazeException {@code REFUSED} as {@link #resolve}; {@code NOT_FOUND} when there is no file, a folder
     *     included
     */
    public Path existing(String name) {
        Path path = resolve(name);
        if (!Files.isRegularFile(path)) {
            throw new GazeException(
                    Kind.NOT_FOUND,
                    Problem.of("There is no file '" + name + "'").at(root.toString()));
        }
        return path;
    }

    /**
     * Whether a path really lies below this folder, links resolved.
     *
     * @param path any path; it need not exist, then its nearest existing parent decides
     * @return false for the folder itself and when links cannot be resolved
     */
    public boolean contains(Path path) {
        try {
            Path inside = real(path.toAbsolutePath().normalize());
            Path outside = real(root);
            return inside.startsWith(outside) && !inside.equals(outside);
        } catch (IOException unresolvable) {
            return false;
        }
    }

    /**
     * The name of a path below this folder.
     *
     * @param path a path
     * @return relative to the folder, links resolved, with forward slashes; empty when the path is not
     *     {@linkplain #contains inside}
     */
    public Optional<String> name(Path path) {
        if (!contains(path)) {
            return Optional.empty();
        }
        try {
            Path relative = real(root).relativize(real(path.toAbsolutePath().normalize()));
            return Optional.of(relative.toString().replace('\\', '/'));
        } catch (IOException unresolvable) {
            return Optional.empty();
        }
    }

    /**
     * Whether a name is a single path element that stays where it is put: a slug, a set, a batch.
     *
     * @param name the name
     * @return false when it is blank, hidden, or could lead anywhere else
     */
    public static boolean isElement(String name) {
        return !name.startsWith(".") && name.indexOf('/') < 0 && name.indexOf('\\') < 0 && wrongWith(name) == null;
    }

    private static @Nullable String wrongWith(String name) {
        if (name.isBlank()) {
            return "is blank";
        }
        if (name.indexOf('\0') >= 0) {
            return "holds a NUL character";
        }
        if (name.startsWith("/") || name.startsWith("\\")) {
            return "is absolute";
        }
        if (DRIVE.matcher(name).matches()) {
            return "names a drive";
        }
        if (ENCODED.matcher(name).find()) {
            return "is still percent-encoded";
        }
        for (String element : name.split("[/\\\\]", -1)) {
            if (element.strip().equals("..")) {
                return "leads upwards";
            }
        }
        return null;
    }

    /** The real path; what does not exist is put behind the real path of the nearest parent that does. */
    private static Path real(Path path) throws IOException {
        Path here = path;
        while (!Files.exists(here, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = here.getParent();
            if (parent == null) {
                return path;
            }
            here = parent;
        }
        return here.toRealPath().resolve(here.relativize(path)).normalize();
    }

    private GazeException refused(String name, String why) {
        return new GazeException(
                Kind.REFUSED,
                Problem.of("The name '%s' %s".formatted(printable(name), why))
                        .at(root.toString())
                        .fix("give a name below this folder, such as 'folder/file.png'"));
    }

    private static String printable(String name) {
        String shown = name.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return shown.length() > 120 ? shown.substring(0, 120) + "…" : shown;
    }
}
