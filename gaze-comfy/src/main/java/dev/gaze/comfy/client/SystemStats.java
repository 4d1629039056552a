package dev.gaze.comfy.client;

import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server says about itself ({@code GET /system_stats}).
 *
 * @param version ComfyUI's version, such as {@code 0.3.64}; blank when it does not say
 * @param os {@code posix} and {@code nt} up to 0.3, {@code linux}, {@code win32} … later; blank when it does not say
 * @param devices what it computes on
 * @param json the whole answer, as keys differ between versions
 */
public record SystemStats(String version, String os, List<Device> devices, JsonObject json) {

    /**
     * A device that computes.
     *
     * @param name such as {@code cuda:0 NVIDIA …}
     * @param type {@code cuda}, {@code cpu} …
     * @param vramTotal its memory in bytes
     * @param vramFree how much of it is free, in bytes
     */
    public record Device(String name, String type, long vramTotal, long vramFree) {}

    /** Copies the list. */
    public SystemStats {
        devices = List.copyOf(devices);
    }

    static SystemStats of(JsonObject json) {
        List<Device> devices = new ArrayList<>();
        if (json.get("devices").orElse(null) instanceof JsonArray list) {
            for (JsonValue value : list.items()) {
                if (value instanceof JsonObject device) {
                    devices.add(new Device(
                            device.text("name").orElse(""),
                            device.text("type").orElse(""),
                            bytes(device, "vram_total"),
                            bytes(device, "vram_free")));
                }
            }
        }
        return new SystemStats(
                json.text("system", "comfyui_version").orElse(""),
                json.text("system", "os").orElse(""),
                devices,
                json);
    }

    private static long bytes(JsonObject device, String key) {
        return device.number(key).map(number -> (long) number.asDouble()).orElse(0L);
    }
}
