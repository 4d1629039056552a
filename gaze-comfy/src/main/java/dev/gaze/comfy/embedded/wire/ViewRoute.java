package dev.gaze.comfy.embedded.wire;

import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.files.AnnotatedName;
import dev.gaze.comfy.embedded.files.ServerFolders;
import dev.gaze.comfy.embedded.picture.Drawing;
import dev.gaze.comfy.embedded.picture.Encoded;
import dev.gaze.comfy.embedded.picture.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;

/**
 * {@code GET /view}. The plain form sends the file as it is, with ETag, ranges and 304; {@code preview} and
 * {@code channel} draw it anew and lose its text chunks. Java cannot write WebP, so a preview asked for as WebP comes as
 * JPEG and says so.
 */
final class ViewRoute {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");
    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "webp", "image/webp",
            "gif", "image/gif",
            "txt", "text/plain",
            "json", "application/json");

    private final ServerFolders folders;
    private final Faults faults;

    ViewRoute(ServerFolders folders, Faults faults) {
        this.folders = folders;
        this.faults = faults;
    }

    MockResponse view(Request request) {
        Optional<String> given = request.query("filename");
        if (given.isEmpty()) {
            return Answer.empty(404);
        }
        AnnotatedName name = AnnotatedName.of(given.get());
        String type = name.type() == null ? request.query("type").orElse(ServerFolders.OUTPUT) : name.type();
        if (name.file().isEmpty()
                || name.file().startsWith("/")
                || name.file().contains("..")
                || name.file().indexOf('\0') >= 0
                || !ServerFolders.isType(type)) {
            return Answer.empty(400);
        }
        String subfolder = request.query("subfolder").orElse("").replace('\\', '/');
        Path root = folders.folder(type);
        if (subfolder.indexOf('\0') >= 0 || !root.resolve(subfolder).normalize().startsWith(root)) {
            return Answer.empty(403);
        }
        String file = name.file().substring(name.file().replace('\\', '/').lastIndexOf('/') + 1);
        Optional<Path> found = folders.find(new AnnotatedName(file, type), subfolder, type);
        if (found.isEmpty()) {
            return Answer.empty(404);
        }
        try {
            byte[] bytes = Files.readAllBytes(found.get());
            return request.query("preview").isPresent()
                            || request.query("channel").isPresent()
                    ? drawn(request, file, bytes)
                    : plain(
                            request,
                            file,
                            bytes,
                            Files.getLastModifiedTime(found.get()).toInstant());
        } catch (IOException unreadable) {
            return Answer.trouble();
        }
    }

    private MockResponse plain(Request request, String file, byte[] bytes, Instant modified) {
        String etag =
                "\"%x-%x\"".formatted(modified.getEpochSecond() * 1_000_000_000L + modified.getNano(), bytes.length);
        MockResponse.Builder answer = new MockResponse.Builder()
                .setHeader("Content-Disposition", "filename=\"" + ascii(file) + '"')
                .setHeader("Content-Type", contentType(file))
                .setHeader("Etag", etag)
                .setHeader("Last-Modified", HTTP_DATE.format(modified));
        if (etag.equals(request.headers().get("If-None-Match"))
                || HTTP_DATE.format(modified).equals(request.headers().get("If-Modified-Since"))) {
            return answer.code(304).removeHeader("Content-Length").build();
        }
        answer.setHeader("Accept-Ranges", "bytes");
        byte[] sent = faults.cutImages() ? Arrays.copyOf(bytes, bytes.length / 2) : bytes;
        Matcher range = RANGE.matcher(String.valueOf(request.headers().get("Range")));
        return range.matches() ? part(answer, range, sent) : body(answer, sent);
    }

    private static MockResponse part(MockResponse.Builder answer, Matcher range, byte[] bytes) {
        String from = range.group(1);
        String to = range.group(2);
        if (from.isEmpty() && to.isEmpty()) {
            return body(answer, bytes);
        }
        long start = from.isEmpty() ? Math.max(0, bytes.length - number(to)) : number(from);
        long end = from.isEmpty() || to.isEmpty() ? bytes.length - 1L : Math.min(number(to), bytes.length - 1L);
        if (start >= bytes.length || end < start) {
            return answer.code(416)
                    .setHeader("Content-Range", "bytes */" + bytes.length)
                    .build();
        }
        answer.code(206).setHeader("Content-Range", "bytes %d-%d/%d".formatted(start, end, bytes.length));
        return body(answer, Arrays.copyOfRange(bytes, (int) start, (int) end + 1));
    }

    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private MockResponse drawn(Request request, String file, byte[] bytes) {
        Optional<BufferedImage> read = Encoded.read(bytes);
        if (read.isEmpty()) {
            return Answer.trouble();
        }
        BufferedImage image = read.get();
        Optional<String> preview = request.query("preview");
        if (preview.isPresent()) {
            String last = preview.get().substring(preview.get().lastIndexOf(';') + 1);
            int quality = last.matches("[0-9]{1,3}") ? Integer.parseInt(last) : 90;
            return shown(file, "image/jpeg", Encoded.jpeg(image, quality));
        }
        BufferedImage channel = switch (request.query("channel").orElse("")) {
            case "a" -> alphaOnly(image);
            case "rgb" -> Drawing.scaledTo(image.getWidth(), image.getHeight()).apply(image);
            default -> image;
        };
        return shown(file, "image/png", Png.encode(channel, Map.of()));
    }

    private static BufferedImage alphaOnly(BufferedImage image) {
        BufferedImage alpha = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                alpha.setRGB(x, y, image.getRGB(x, y) & 0xff000000);
            }
        }
        return alpha;
    }

    private static MockResponse shown(String file, String contentType, byte[] bytes) {
        MockResponse.Builder answer = new MockResponse.Builder()
                .setHeader("Content-Disposition", "filename=\"" + ascii(file) + '"')
                .setHeader("Content-Type", contentType);
        return body(answer, bytes);
    }

    private static MockResponse body(MockResponse.Builder answer, byte[] bytes) {
        return answer.body(new okio.Buffer().write(bytes)).build();
    }

    private static String contentType(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    /** A header holds ASCII only. */
    private static String ascii(String file) {
        return file.replaceAll("[^ -~]", "?").replace('"', '\'');
    }
}
