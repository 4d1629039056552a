package dev.gaze.core.plugin;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;

/**
 * Which class a plugin is, and which jar it came in. Only the name of the jar: the folder it lies in is nobody's
 * business.
 *
 * @param className the full name of the class
 * @param jar the name of the jar or folder; for a class that came in neither, what is known instead
 */
record Origin(String className, String jar) {

    static Origin of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            return new Origin(type.getName(), fileName(source.getLocation()));
        }
        String module = type.getModule().getName();
        return new Origin(type.getName(), module == null ? "a generated class" : "module " + module);
    }

    /** The jar or folder of a service file {@code jar:file:/…/poses-1.2.0.jar!/META-INF/services/…}. */
    static String jarOf(URL serviceFile) {
        String address = serviceFile.toString();
        int inside = address.indexOf("!/");
        int folder = inside >= 0 ? inside : address.indexOf("/META-INF/services/");
        return lastElement(folder < 0 ? address : address.substring(0, folder));
    }

    private static String fileName(URL location) {
        try {
            URI uri = location.toURI();
            return lastElement(uri.getPath() == null ? uri.toString() : uri.getRawPath());
        } catch (URISyntaxException unusual) {
            return lastElement(location.toString()); // a class path may hold names with blanks in them
        }
    }

    private static String lastElement(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return name;
        }
    }

    /** {@code dev.gaze.example.poses.PosesPlugin in poses-1.2.0.jar}. */
    @Override
    public String toString() {
        return className + " in " + jar;
    }
}
