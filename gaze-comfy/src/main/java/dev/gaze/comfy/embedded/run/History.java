package dev.gaze.comfy.embedded.run;

import dev.gaze.api.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What became of the prompts that ended: the last 10,000, each kept as the JSON it is told in. Thread-safe. */
public final class History {
    private static final int MOST = 10_000;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** Adds an entry; one with the same id is replaced and keeps its place, as in a Python dict. */
    synchronized void put(String id, byte[] entry) {
        if (entries.size() >= MOST && !entries.containsKey(id)) {
            Iterator<String> oldest = entries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        entries.put(id, entry);
    }

    /** One entry as {@code {id: entry}}, or {@code {}}. */
    public synchronized byte[] one(String id) {
        byte[] entry = entries.get(id);
        return json(entry == null ? Map.of() : Map.of(id, entry));
    }

    /** Whether there is an entry of that id. */
    public synchronized boolean has(String id) {
        return entries.containsKey(id);
    }

    /**
     * Several entries, oldest first.
     *
     * @param most how many at most; empty for all
     * @param offset how many to leave out at the start; negative means that the newest {@code most} are wanted
     */
    public synchronized byte[] some(OptionalInt most, int offset) {
        int start = offset < 0 && most.isPresent() ? entries.size() - most.getAsInt() : offset;
        Map<String, byte[]> chosen = new LinkedHashMap<>();
        int index = 0;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (index++ >= start) {
                chosen.put(entry.getKey(), entry.getValue());
                if (most.isPresent() && chosen.size() >= most.getAsInt()) {
                    break;
                }
            }
        }
        return json(chosen);
    }

    /** Forgets all. */
    public synchronized void clear() {
        entries.clear();
    }

    /** Forgets some. */
    public synchronized void delete(Collection<String> ids) {
        entries.keySet().removeAll(ids);
    }

    private static byte[] json(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        char before = '{';
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            out.writeBytes((before + new JsonText(entry.getKey()).toString() + ':').getBytes(StandardCharsets.UTF_8));
            out.writeBytes(entry.getValue());
            before = ',';
        }
        if (before == '{') {
            out.write('{');
        }
        out.write('}');
        return out.toByteArray();
    }
}
