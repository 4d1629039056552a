package dev.gaze.comfy.embedded.run;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.comfy.embedded.files.AnnotatedName;
import dev.gaze.comfy.embedded.files.ServerFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a node's result depends on, as a hash: its class, its values, and the hashes of what it is linked to. Node ids
 * and titles play no part. Hashing keeps a chain of loaders, each linked twice to the one before, from growing without
 * bound.
 */
final class Signatures {
    private final JsonObject graph;
    private final ServerFolders folders;
    private final AtomicLong everNew;
    private final Map<String, String> known = new HashMap<>();

    /** For one graph; {@code everNew} counts the nodes that never come out the same. */
    Signatures(JsonObject graph, ServerFolders folders, AtomicLong everNew) {
        this.graph = graph;
        this.folders = folders;
        this.everNew = everNew;
    }

    String of(String id) {
        String before = known.putIfAbsent(id, "circle"); // nodes outside the outputs may stand in one
        if (before != null) {
            return before;
        }
        String type = graph.text(id, "class_type").orElse("");
        MessageDigest digest = sha256();
        add(digest, type);
        add(digest, changing(type, id));
        new TreeMap<>(graph.object(id, "inputs").members()).forEach((name, value) -> {
            add(digest, name);
            Optional<String> source = ExecutionOrder.source(value).filter(graph.members()::containsKey);
            add(digest, source.isPresent() ? "link " + of(source.get()) + slot(value) : json(value));
        });
        String signature = HexFormat.of().formatHex(digest.digest(), 0, 16);
        known.put(id, signature);
        return signature;
    }

    private static String slot(JsonValue link) {
        return json(link).replaceFirst(".*,", "");
    }

    private static String json(JsonValue value) {
        return value instanceof JsonText text
                ? '"' + text.value()
                : new String(Json.compact(value), StandardCharsets.UTF_8);
    }

    /** What makes a node run again although its inputs are the same. */
    private String changing(String type, String id) {
        return switch (type) {
            case "SaveImageWebsocket" -> Long.toString(everNew.incrementAndGet());
            case "LoadImage", "LoadImageMask" ->
                graph.text(id, "inputs", "image")
                        .flatMap(name -> folders.find(AnnotatedName.of(name), "", ServerFolders.INPUT))
                        .map(Signatures::content)
                        .orElse("");
            default -> "";
        };
    }

    private static String content(Path file) {
        try {
            return HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)));
        } catch (IOException gone) {
            return "unreadable"; // the node itself will say so when it runs
        }
    }

    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
