package dev.gaze.llm.client;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonBoolean;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.GazeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer in whatever form it comes: server-sent events, one JSON object a line, or one document over many
 * lines. Content types are no help, since servers get them wrong; the first character of a line is. Lines that cannot be
 * read are left out, unless nothing else comes.
 */
final class AnswerReader {
    private static final String END = "[DONE]";

    private final Dialect dialect;
    private final Gathering into;
    private final Refusals refusals;
    private final String model;
    private final JsonLimits limits;
    private final StringBuilder pending = new StringBuilder();
    private boolean understood;
    private boolean errorEvent;

    AnswerReader(Dialect dialect, Gathering into, Refusals refusals, String model, long maxBytes) {
        this.dialect = dialect;
        this.into = into;
        this.refusals = refusals;
        this.model = model;
        limits = new JsonLimits(maxBytes, 100);
    }

    void read(Lines lines) throws IOException, Trouble {
        String line = lines.next();
        if (line != null && line.startsWith("\uFEFF")) {
            line = line.substring(1);
        }
        for (; line != null && !into.ended(); line = lines.next()) {
            if (!line(line) && !understood) {
                if (beginsDocument(line)) {
                    document(line + "\n" + lines.rest());
                } else {
                    into.unreadable();
                }
            }
            if (into.ended()) {
                break; // what would follow may never come
            }
        }
        flush();
        if (!understood) {
            throw notJson();
        }
    }

    /** Takes a line; false when it may be the first one of a document. */
    private boolean line(String line) throws Trouble {
        if (line.isBlank()) {
            flush();
            return true;
        }
        if (line.startsWith("data:")) {
            data(line.substring("data:".length()).strip());
            return true;
        }
        if (line.startsWith("event:")) {
            errorEvent = line.substring("event:".length()).strip().equals("error");
            return true;
        }
        if (line.startsWith(":") || line.startsWith("id:") || line.startsWith("retry:")) {
            return true;
        }
        if (piece(line)) {
            return true;
        }
        if (understood) {
            into.unreadable();
        }
        return false;
    }

    /** By the rules an event may have several lines of data; what is whole alone is not kept waiting for the others. */
    private void data(String data) throws Trouble {
        if (data.equals(END)) {
            understood = true;
            into.end();
        } else if (!piece(data)) {
            pending.append(data).append('\n');
        }
    }

    private void flush() throws Trouble {
        if (!pending.isEmpty()) {
            String joined = pending.toString();
            pending.setLength(0);
            if (!piece(joined)) {
                into.unreadable();
            }
        }
        errorEvent = false;
    }

    /** Whatever else stands there, half an event or what a proxy says, waiting for the end would hold up all behind it. */
    private static boolean beginsDocument(String line) {
        String bare = line.strip();
        return bare.startsWith("{") || bare.startsWith("[");
    }

    private void document(String whole) throws Trouble {
        if (piece(whole)) {
            return;
        }
        for (String line : whole.split("\n")) {
            if (!into.ended() && !line(line)) {
                into.unreadable();
            }
        }
    }

    /** Takes a piece of an answer; false when it is none. */
    private boolean piece(String text) throws Trouble {
        JsonObject piece = parse(text);
        if (piece == null) {
            return false;
        }
        if (isError(piece)) {
            throw refusals.within(piece, model);
        }
        understood = true;
        dialect.read(piece, into);
        return true;
    }

    private boolean isError(JsonObject piece) {
        JsonValue error = piece.get("error").orElse(JsonNull.NULL);
        return errorEvent || error != JsonNull.NULL && error != JsonBoolean.FALSE;
    }

    private @Nullable JsonObject parse(String text) {
        String bare = text.strip();
        if (!bare.startsWith("{") || !bare.endsWith("}")) {
            return null;
        }
        try {
            return Json.object(bare.getBytes(StandardCharsets.UTF_8), limits);
        } catch (GazeException noJson) {
            return null; // told by the count of unreadable lines, or as no answer at all
        }
    }

    private Trouble notJson() {
        return Trouble.badAnswer(
                "The server answered with something that is no chat answer",
                "check that the address is that of a model server, and its kind");
    }
}
