package dev.gaze.core.plan;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.plan.Models.BaseModel;
import dev.gaze.api.problem.GazeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a {@code .safetensors} file tells: eight bytes of length (little endian), then a JSON object with
 * the name and shape of every tensor. The tensors themselves are never read.
 *
 * @param base the family of models the file belongs to; empty when its tensors do not tell
 * @param problem why the header cannot be read; empty when it can
 */
record SafetensorsHeader(Optional<BaseModel> base, Optional<String> problem) {
    /** Real headers stay below one megabyte or two; ComfyUI itself accepts a hundred. */
    private static final int LARGEST = 16_000_000;

    private static final JsonLimits LIMITS = new JsonLimits(LARGEST, 8);
    private static final String METADATA = "__metadata__";

    static SafetensorsHeader read(Path file) {
        try {
            return of(header(file));
        } catch (NoHeader wrong) {
            return unreadable(wrong.getMessage());
        } catch (GazeException noJson) {
            return unreadable("is no safetensors file: its header is no JSON object");
        } catch (IOException unreadable) {
            return unreadable("cannot be read: " + unreadable.getMessage());
        }
    }

    /** The texts that stand beside the tensors; empty when the header cannot be read. They are not remembered: some are long. */
    static Map<String, String> metadata(Path file) {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            header(file).object(METADATA).members().forEach((key, value) -> {
                if (value instanceof JsonText text) {
                    texts.put(key, text.value());
                }
            });
        } catch (IOException | GazeException unreadable) {
            return Map.of(); // the same as a file that says nothing; check() tells what is wrong with it
        }
        return texts;
    }

    private static JsonObject header(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (!fill(channel, length)) {
                throw new NoHeader("is no safetensors file: it ends within its first eight bytes");
            }
            long bytes = length.getLong(0);
            if (bytes < 2 || bytes > LARGEST || bytes > channel.size() - Long.BYTES) {
                throw new NoHeader("is no safetensors file: its header would be %s bytes long"
                        .formatted(Long.toUnsignedString(bytes)));
            }
            ByteBuffer header = ByteBuffer.allocate((int) bytes);
            if (!fill(channel, header)) {
                throw new NoHeader("ends within its header");
            }
            return Json.object(header.array(), LIMITS);
        }
    }

    /** The file has no header; the message says why, behind the name of the file. */
    private static final class NoHeader extends IOException {
        private static final long serialVersionUID = 1L;

        NoHeader(String why) {
            super(why);
        }
    }

    static SafetensorsHeader of(JsonObject header) {
        boolean empty = header.members().keySet().stream().allMatch(METADATA::equals);
        return empty ? unreadable("holds no tensors") : new SafetensorsHeader(base(header), Optional.empty());
    }

    private static SafetensorsHeader unreadable(String problem) {
        return new SafetensorsHeader(Optional.empty(), Optional.of(problem));
    }

    private static boolean fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Flux has blocks of its own, SDXL a second text encoder. Otherwise the size of the text embedding tells, which the
     * cross attention takes in: 768 for Stable Diffusion 1, 1024 for 2, 2048 for XL.
     */
    private static Optional<BaseModel> base(JsonObject header) {
        BaseModel found = null;
        for (Map.Entry<String, JsonValue> tensor : header.members().entrySet()) {
            String name = tensor.getKey();
            if (name.contains("double_blocks") || name.contains("single_transformer_blocks")) {
                return Optional.of(BaseModel.FLUX);
            }
            if (name.startsWith("lora_te2_")
                    || name.startsWith("text_encoder_2.")
                    || name.startsWith("conditioner.embedders.1.")) {
                return Optional.of(BaseModel.SDXL);
            }
            if (found == null && (name.contains("attn2_to_k") || name.contains("attn2.to_k"))) {
                found = byTextEmbedding(tensor.getValue());
            }
        }
        return Optional.ofNullable(found);
    }

    private static @Nullable BaseModel byTextEmbedding(JsonValue tensor) {
        if (!(tensor instanceof JsonObject object) || !(object.get("shape").orElse(null) instanceof JsonArray shape)) {
            return null;
        }
        for (JsonValue side : shape.items()) {
            String size = side instanceof JsonNumber number ? number.text() : "";
            switch (size) {
                case "768":
                    return BaseModel.SD15;
                case "1024":
                    return BaseModel.SD2;
                case "2048":
                    return BaseModel.SDXL;
                default:
            }
        }
        return null;
    }
}
