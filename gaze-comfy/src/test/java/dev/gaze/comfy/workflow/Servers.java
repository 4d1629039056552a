package dev.gaze.comfy.workflow;

import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonLimits;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.workflow.ServerFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Servers that differ in what they have. Immutable: every call gives another server. */
record Servers(JsonObject objectInfo) {

    /** One with every node and file the tests use. */
    static Servers complete() {
        try (InputStream resource = Servers.class.getResourceAsStream("server.json")) {
            return new Servers(Json.object(resource.readAllBytes(), JsonLimits.FILE));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Servers without(String classType) {
        return new Servers(objectInfo.without(classType));
    }

    /** Its list for one choice becomes this one. */
    Servers with(String classType, String input, String... options) {
        return input(classType, input, JsonArray.of(JsonArray.of((Object[]) options)));
    }

    /** One more required input, or another definition of one. */
    Servers input(String classType, String input, JsonValue spec) {
        return new Servers(objectInfo.with(List.of(classType, "input", "required", input), spec));
    }

    /** The same files on a server that writes them its own way. */
    Servers onWindows() {
        return with(
                        "LoraLoader",
                        "lora_name",
                        "Illustrious\\Looks\\mira.safetensors",
                        "Illustrious\\Clothing\\raincoat.safetensors")
                .with("CheckpointLoaderSimple", "ckpt_name", "Illustrious\\model.safetensors")
                .with("VAELoader", "vae_name", "flux\\ae.safetensors");
    }

    ServerFacts facts() {
        return ObjectInfo.facts(objectInfo);
    }
}
