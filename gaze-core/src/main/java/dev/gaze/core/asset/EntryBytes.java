package dev.gaze.core.asset;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How an entry is written down in the database. Texts that equal the slug or the id are not written twice. */
final class EntryBytes {
    private static final byte FORMAT = 1;
    private static final int NO_TEXT = -1;
    private static final int SAME_TEXT = -2;

    private EntryBytes() {}

    static byte[] write(Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            text(out, entry.id(), entry.slug());
            text(out, entry.name(), entry.id());
            text(out, entry.file(), null);
            stamp(out, entry.stamp());
            hash(out, entry.hash());
            text(out, entry.tags(), null);
            text(out, entry.model(), null);
            Entry.Sidecar sidecar = entry.sidecar();
            out.writeBoolean(sidecar != null);
            if (sidecar != null) {
                stamp(out, sidecar.stamp());
                hash(out, sidecar.hash());
                text(out, sidecar.cover(), null);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException when it is written in a way this version does not know
     */
    static Entry read(String slug, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalArgumentException("Index entries are of format %d; expected %d".formatted(format, FORMAT));
        }
        String id = required(in, slug);
        return new Entry(
                slug,
                id,
                required(in, id),
                text(in, null),
                stamp(in),
                hash(in),
                required(in, ""),
                required(in, ""),
                in.get() == 0 ? null : new Entry.Sidecar(stamp(in), hash(in), text(in, null)));
    }

    private static void text(DataOutputStream out, @Nullable String text, @Nullable String known) throws IOException {
        if (text == null) {
            out.writeInt(NO_TEXT);
        } else if (text.equals(known)) {
            out.writeInt(SAME_TEXT);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static @Nullable String text(ByteBuffer in, @Nullable String known) {
        int length = in.getInt();
        if (length < 0) {
            return length == SAME_TEXT ? known : null;
        }
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private static String required(ByteBuffer in, String known) {
        String text = text(in, known);
        return text == null ? known : text;
    }

    private static void stamp(DataOutputStream out, FileStamp stamp) throws IOException {
        out.writeLong(stamp.size());
        out.writeLong(stamp.modified());
        out.writeLong(stamp.read());
    }

    private static FileStamp stamp(ByteBuffer in) {
        return new FileStamp(in.getLong(), in.getLong(), in.getLong());
    }

    private static void hash(DataOutputStream out, ContentHash hash) throws IOException {
        out.writeLong(hash.high());
        out.writeLong(hash.low());
    }

    private static ContentHash hash(ByteBuffer in) {
        return new ContentHash(in.getLong(), in.getLong());
    }
}
