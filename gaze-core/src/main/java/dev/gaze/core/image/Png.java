package dev.gaze.core.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A PNG file as a list of chunks. Reading checks every one of them; writing copies them byte for byte, so pixels and what
 * ComfyUI wrote stay as they are. ImageIO would encode the pixels anew and hide that a file is cut short.
 */
final class Png {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    private static final int FRAME = 12; // length, type and CRC around the content
    private static final String TEXT = "tEXt";
    private static final String INTERNATIONAL_TEXT = "iTXt";

    private final byte[] bytes;
    private final List<Chunk> chunks;

    private Png(byte[] bytes, List<Chunk> chunks) {
        this.bytes = bytes;
        this.chunks = chunks;
    }

    /** Where a chunk stands in the file, its frame included. */
    private record Chunk(String type, int start, int length) {
        int content() {
            return start + 8;
        }

        int end() {
            return start + FRAME + length;
        }
    }

    /**
     * Reads a file.
     *
     * @throws dev.gaze.api.problem.GazeException {@code REFUSED} when it is no PNG, a chunk is cut short or its CRC is
     *     wrong, or one of the chunks every PNG has is missing
     */
    static Png read(byte[] bytes) {
        if (!new ImageFormat.Bytes(bytes).is(0, SIGNATURE)) {
            throw Picture.refused("The file is no PNG; it starts with " + ImageFormat.start(bytes));
        }
        List<Chunk> chunks = new ArrayList<>();
        int at = SIGNATURE.length;
        while (chunks.isEmpty() || !chunks.get(chunks.size() - 1).type.equals("IEND")) {
            Chunk chunk = chunk(bytes, at);
            if (chunks.isEmpty() && (!chunk.type.equals("IHDR") || chunk.length != 13)) {
                throw Picture.refused("The PNG starts with chunk %s of %d bytes instead of its header"
                        .formatted(chunk.type, chunk.length));
            }
            chunks.add(chunk);
            at = chunk.end();
        }
        if (chunks.stream().noneMatch(chunk -> chunk.type.equals("IDAT"))) {
            throw Picture.refused("The PNG holds no pixels");
        }
        return new Png(bytes, Collections.unmodifiableList(chunks));
    }

    private static Chunk chunk(byte[] bytes, int at) {
        if (bytes.length - at < FRAME) {
            throw cutShort(bytes);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = buffer.getInt(at);
        if (length < 0 || length > bytes.length - at - FRAME) {
            throw cutShort(bytes);
        }
        String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
        if (!type.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z')) {
            throw Picture.refused("The PNG is broken at byte %d: no chunk starts there".formatted(at));
        }
        if (buffer.getInt(at + 8 + length) != crc(bytes, at + 4, length + 4)) {
            throw Picture.refused(
                    "The PNG is broken: the checksum of chunk %s at byte %d is wrong".formatted(type, at));
        }
        return new Chunk(type, at, length);
    }

    private static RuntimeException cutShort(byte[] bytes) {
        return Picture.refused(
                "The PNG is cut short: it ends after %,d bytes, without its last chunk".formatted(bytes.length));
    }

    private static int crc(byte[] bytes, int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }

    /**
     * The text kept under a keyword, compressed text excepted.
     *
     * @param keyword such as {@code prompt}
     * @return the text of the first such chunk
     */
    Optional<String> text(String keyword) {
        return chunks.stream()
                .filter(chunk -> holds(chunk, keyword))
                .map(chunk -> text(chunk, keyword))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * This image with one text under a keyword: in front of IEND, in place of any other text under it. Every other byte
     * stays.
     *
     * @param keyword 1 to 79 ASCII letters
     * @param text ASCII
     * @return the new file
     */
    byte[] with(String keyword, String text) {
        byte[] content = (keyword + '\0' + text).getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream file = new ByteArrayOutputStream(bytes.length + content.length + FRAME);
        file.writeBytes(SIGNATURE);
        for (Chunk chunk : chunks) {
            if (chunk.type.equals("IEND")) {
                file.writeBytes(chunk(TEXT, content));
            }
            if (!holds(chunk, keyword)) {
                file.write(bytes, chunk.start, FRAME + chunk.length);
            }
        }
        int end = chunks.get(chunks.size() - 1).end();
        file.write(bytes, end, bytes.length - end); // what follows IEND is nobody's business, and no reason to lose it
        return file.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(FRAME + content.length)
                .putInt(content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content);
        return chunk.putInt(crc(chunk.array(), 4, content.length + 4)).array();
    }

    private boolean holds(Chunk chunk, String keyword) {
        return (chunk.type.equals(TEXT) || chunk.type.equals(INTERNATIONAL_TEXT))
                && chunk.length > keyword.length()
                && new ImageFormat.Bytes(bytes).is(chunk.content(), keyword + '\0');
    }

    private Optional<String> text(Chunk chunk, String keyword) {
        int from = chunk.content() + keyword.length() + 1;
        int to = chunk.content() + chunk.length;
        if (chunk.type.equals(TEXT)) {
            return Optional.of(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }
        // iTXt: compression flag and method, then language and translated keyword, each ended by a zero
        if (to - from < 4 || bytes[from] != 0) {
            return Optional.empty();
        }
        int at = from + 2;
        for (int zeros = 0; zeros < 2 && at < to; at++) {
            zeros += bytes[at] == 0 ? 1 : 0;
        }
        return Optional.of(new String(bytes, at, to - at, StandardCharsets.UTF_8));
    }
}
