package dev.gaze.comfy.client;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Where a run lets the server save its files. ComfyUI's {@code SaveImage} lists its whole target folder on every save,
 * so that a trivial prompt takes ten times as long in a folder of 19,500 files. Every run therefore gets a folder of its
 * own.
 */
public final class FilePrefix {

    private FilePrefix() {}

    /**
     * The folder of a run and the usual start of its file names.
     *
     * @param now the day in it, UTC
     * @param prompt the id of the run
     * @return {@code gaze/<yyyy-MM-dd>/<first 8 of the id>/img}
     */
    public static String own(Instant now, UUID prompt) {
        return own(now, prompt, "img");
    }

    /**
     * The folder of a run and a start of its file names.
     *
     * @param now the day in it, UTC
     * @param prompt the id of the run
     * @param name what file names start with; blank becomes {@code img}
     * @return {@code gaze/<yyyy-MM-dd>/<first 8 of the id>/<name>}
     */
    public static String own(Instant now, UUID prompt, String name) {
        return "gaze/" + LocalDate.ofInstant(now, ZoneOffset.UTC) + "/"
                + prompt.toString().substring(0, 8) + "/" + (name.isBlank() ? "img" : name);
    }
}
