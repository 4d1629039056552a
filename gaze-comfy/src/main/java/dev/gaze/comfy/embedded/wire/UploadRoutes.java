package dev.gaze.comfy.embedded.wire;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.problem.GazeException;
import dev.gaze.comfy.embedded.files.AnnotatedName;
import dev.gaze.comfy.embedded.files.ServerFolders;
import dev.gaze.comfy.embedded.picture.Encoded;
import dev.gaze.comfy.embedded.picture.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import okhttp3.MultipartReader;
import okio.Buffer;

/**
 * {@code POST /upload/image} and {@code /upload/mask}. Other bytes under a taken name are put beside it as
 * {@code x (1).png}; the same bytes give the name that is there.
 */
final class UploadRoutes {
    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]+)\"?.*");
    private static final Pattern FIELD = Pattern.compile(".*[ ;]name=\"((?:[^\"\\\\]|\\\\.)*)\".*");
    private static final Pattern FILE_NAME = Pattern.compile(".*filename=\"((?:[^\"\\\\]|\\\\.)*)\".*");

    private final ServerFolders folders;
    private final long maxBytes;

    UploadRoutes(ServerFolders folders, long maxBytes) {
        this.folders = folders;
        this.maxBytes = maxBytes;
    }

    /** A file part. */
    private record Upload(String fileName, byte[] bytes) {}

    /** A multipart body. */
    private record Form(Map<String, String> fields, Optional<Upload> image) {}

    /** Makes the bytes to be written of the bytes that came; empty writes nothing. */
    private interface Change {
        Optional<byte[]> of(byte[] bytes);
    }

    MockResponse image(Request request) {
        return upload(request, form -> Optional::of);
    }

    MockResponse mask(Request request) {
        return upload(request, form -> {
            JsonObject original = Json.object(
                    Optional.ofNullable(form.fields().get("original_ref")).orElse(""));
            return bytes -> masked(original, bytes);
        });
    }

    private interface Changes {
        Change of(Form form);
    }

    private MockResponse upload(Request request, Changes changes) {
        if (request.recorded().getBodySize() > maxBytes) {
            return Answer.text(413, "Maximum request body size " + maxBytes + " exceeded.");
        }
        try {
            Optional<Form> form = form(request);
            if (form.isEmpty() || form.get().image().isEmpty()) {
                return Answer.empty(400);
            }
            return store(form.get(), form.get().image().get(), changes.of(form.get()));
        } catch (IOException | GazeException trouble) {
            return Answer.trouble();
        }
    }

    private MockResponse store(Form form, Upload upload, Change change) throws IOException {
        String type = form.fields().getOrDefault("type", ServerFolders.INPUT);
        if (!ServerFolders.isType(type) || upload.fileName().isEmpty()) {
            return Answer.trouble();
        }
        Path root = folders.folder(type);
        String subfolder = form.fields().getOrDefault("subfolder", "");
        Path folder = root.resolve(subfolder.replace('\\', '/')).normalize();
        Path file = folder.resolve(upload.fileName()).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            return Answer.empty(400);
        }
        String overwrite = form.fields().getOrDefault("overwrite", "");
        boolean replace = overwrite.equals("true") || overwrite.equals("1");
        String name = replace ? upload.fileName() : freeName(folder, upload);
        Path target = folder.resolve(name).normalize();
        if (replace || !Files.exists(target)) {
            Optional<byte[]> bytes = change.of(upload.bytes());
            if (bytes.isPresent()) {
                folders.write(target, bytes.get());
            }
        }
        return Answer.json(JsonObject.of("name", name, "subfolder", subfolder, "type", type));
    }

    /** A name nobody has, or that of a file with the same bytes. */
    private static String freeName(Path folder, Upload upload) throws IOException {
        String given = upload.fileName();
        int dot = given.lastIndexOf('.');
        String stem = dot > 0 ? given.substring(0, dot) : given;
        String extension = dot > 0 ? given.substring(dot) : "";
        String name = given;
        for (int i = 1; Files.exists(folder.resolve(name)); i++) {
            if (Arrays.equals(Files.readAllBytes(folder.resolve(name)), upload.bytes())) {
                return name;
            }
            name = stem + " (" + i + ")" + extension;
        }
        return name;
    }

    /** The original with the mask's alpha and its own text chunks; empty when the original is not there. */
    private Optional<byte[]> masked(JsonObject original, byte[] mask) {
        AnnotatedName name = AnnotatedName.of(original.text("filename").orElse(""));
        String type = original.text("type").orElse(ServerFolders.OUTPUT);
        String subfolder = original.text("subfolder").orElse("");
        if (name.file().isEmpty()
                || name.file().startsWith("/")
                || name.file().contains("..")
                || subfolder.contains("..")
                || !ServerFolders.isType(type)) {
            return Optional.empty();
        }
        try {
            Optional<Path> file = folders.find(name, subfolder, type);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file.get());
            BufferedImage picture = readable(bytes);
            BufferedImage alpha = readable(mask);
            if (picture.getWidth() != alpha.getWidth() || picture.getHeight() != alpha.getHeight()) {
                throw new ProtocolException("The mask has another size than the image");
            }
            return Optional.of(Png.encode(withAlpha(picture, alpha), Png.texts(bytes)));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static BufferedImage readable(byte[] bytes) throws IOException {
        return Encoded.read(bytes).orElseThrow(() -> new ProtocolException("This is no image"));
    }

    private static BufferedImage withAlpha(BufferedImage picture, BufferedImage alpha) {
        BufferedImage both = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                both.setRGB(x, y, picture.getRGB(x, y) & 0xffffff | alpha.getRGB(x, y) & 0xff000000);
            }
        }
        return both;
    }

    private static Optional<Form> form(Request request) throws IOException {
        Matcher boundary = BOUNDARY.matcher(String.valueOf(request.headers().get("Content-Type")));
        if (!boundary.matches()) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        Optional<Upload> image = Optional.empty();
        try (MultipartReader parts = new MultipartReader(new Buffer().write(request.body()), boundary.group(1))) {
            for (MultipartReader.Part part = parts.nextPart(); part != null; part = parts.nextPart()) {
                String disposition = String.valueOf(part.headers().get("Content-Disposition"));
                Matcher field = FIELD.matcher(disposition);
                Matcher file = FILE_NAME.matcher(disposition);
                byte[] bytes = part.body().readByteArray();
                if (file.matches() && field.matches() && field.group(1).equals("image")) {
                    image = Optional.of(new Upload(unescaped(file.group(1)), bytes));
                } else if (field.matches()) {
                    fields.put(unescaped(field.group(1)), new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
        return Optional.of(new Form(fields, image));
    }

    /** Browsers and OkHttp write {@code %22} for a quote, others a backslash in front of it. */
    private static String unescaped(String quoted) {
        return quoted.replace("%22", "\"").replaceAll("\\\\(.)", "$1");
    }
}
