package dev.gaze.comfy.client;

import java.util.Objects;

/**
 * An image to be put on the server.
 *
 * @param name its file name, a single path element; the server may answer with another one when the name is taken
 * @param bytes the image; ComfyUI does not look inside, and a node that loads it fails when it is none
 * @param type the root to put it in: {@code input}, {@code temp} or {@code output}
 * @param subfolder the folder below that root, with forward slashes; blank for none
 * @param overwrite whether to replace a file of that name. Without, the same bytes keep the name they have, and other
 *     bytes get a new one, such as {@code x (1).png}
 */
public record Upload(String name, byte[] bytes, String type, String subfolder, boolean overwrite) {

    /** Checks that name and folder stay inside the server's root. */
    public Upload {
        Objects.requireNonNull(bytes, "bytes");
        if (name.isBlank() || name.matches("(?s).*[/\\\\\\x00].*") || name.equals("..") || name.equals(".")) {
            throw new IllegalArgumentException(
                    "Upload name '%s' is no file name; expected a single name such as 'pose.png'".formatted(name));
        }
        if (!type.equals("input") && !type.equals("temp") && !type.equals("output")) {
            throw new IllegalArgumentException(
                    "Upload type '%s' is unknown to ComfyUI; expected input, temp or output".formatted(type));
        }
        if (subfolder.startsWith("/")
                || subfolder.matches("(?s).*[\\\\:\\x00].*")
                || ("/" + subfolder + "/").contains("/../")) {
            throw new IllegalArgumentException(
                    "Upload folder '%s' may leave the server's root; expected e.g. 'gaze/poses'".formatted(subfolder));
        }
    }

    /**
     * An image for the {@code input} root, where {@code LoadImage} finds it.
     *
     * @param name its file name
     * @param bytes the image
     * @return the upload, without a subfolder and without replacing anything
     */
    public static Upload image(String name, byte[] bytes) {
        return new Upload(name, bytes, "input", "", false);
    }

    /** Name, place and size; the bytes are not shown. */
    @Override
    public String toString() {
        return "Upload[" + type + ":" + (subfolder.isEmpty() ? "" : subfolder + "/") + name + ", " + bytes.length
                + " bytes]";
    }
}
