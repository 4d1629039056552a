package dev.gaze.core.asset;

import dev.gaze.api.asset.AssetData;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.asset.FieldAddress;
import dev.gaze.api.asset.ModelFile;
import dev.gaze.api.asset.Section;
import dev.gaze.api.json.Json;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNull;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plan.LoraRef;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether the values of an asset file are of the types its category declares. Keys nobody declares may hold anything. */
final class AssetCheck {
    private static final List<String> LORA_NUMBERS =
            List.of("lora_weight", "weight", "strength_model", "strength_clip");
    private static final List<String> LORA_TEXTS = List.of("lora_name", "path", "name", "lora_triggers");

    private final Category category;
    private final JsonObject json;
    private final byte @Nullable [] source;
    private final String where;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<List<String>> told = new HashSet<>();

    private AssetCheck(Category category, JsonObject json, byte @Nullable [] source, String where) {
        this.category = category;
        this.json = json;
        this.source = source;
        this.where = where;
    }

    /**
     * Checks an asset's content.
     *
     * @param category what it should be
     * @param data the content
     * @param source the file it was read from, for line numbers; null when there is none
     * @param where the file, for people
     * @return what is wrong with it
     */
    static List<Problem> of(Category category, AssetData data, byte @Nullable [] source, String where) {
        AssetCheck check = new AssetCheck(category, data.json(), source, where);
        check.texts(data.json(), List.of(), List.of(category.idKey(), category.nameKey()));
        check.tags();
        category.sections().forEach(check::section);
        check.model();
        if (category.reads(CheckpointSettings.class)) {
            check.checkpoint(data);
        }
        return check.problems;
    }

    private void texts(JsonObject holder, List<String> path, List<String> keys) {
        for (String key : keys) {
            expect(holder, path, key, JsonText.class::isInstance, "text", "write it in quotes");
        }
    }

    private void numbers(JsonObject holder, List<String> path, List<String> keys, String example) {
        for (String key : keys) {
            expect(
                    holder,
                    path,
                    key,
                    JsonNumber.class::isInstance,
                    "a number such as " + example,
                    "write it without quotes");
        }
    }

    private void tags() {
        expect(
                json,
                List.of(),
                "tags",
                value -> value instanceof JsonArray || value instanceof JsonText,
                "a list of texts",
                "write it as [\"one\", \"two\"]");
    }

    private void section(Section section) {
        boolean topLevel = section.name().equals(FieldAddress.SPECIAL);
        JsonObject holder = topLevel ? json : object(json, List.of(), section.name());
        if (section.wardrobe()) {
            return; // its values may be outfits or fields
        }
        List<String> path = topLevel ? List.of() : List.of(section.name());
        for (Field field : section.fields()) {
            expect(
                    holder,
                    path,
                    field.key(),
                    value -> !(value instanceof JsonObject),
                    "text or a list of texts",
                    "write the words themselves");
        }
    }

    private void model() {
        ModelFile model = category.model();
        JsonObject holder = json;
        int last = model.path().size() - 1;
        for (int depth = 0; depth < last; depth++) {
            holder = object(holder, model.path().subList(0, depth), model.path().get(depth));
        }
        if (model.path().equals(ModelFile.LORA.path())) {
            lora(holder);
            return;
        }
        texts(holder, model.path().subList(0, last), model.path().subList(last, last + 1));
        String file = ModelRoots.modelNamed(model, json);
        if (ModelRoots.leavesItsFolder(file)) {
            report(
                    model.path(),
                    "%s is \"%s\", which leaves the %s folder".formatted(name(model.path()), file, model.folder()),
                    "give a name below that folder, with forward slashes");
        }
    }

    private void lora(JsonObject lora) {
        int before = problems.size();
        List<String> path = List.of("lora");
        texts(lora, path, LORA_TEXTS);
        numbers(lora, path, LORA_NUMBERS, "0.8");
        if (problems.size() > before) {
            return;
        }
        try {
            LoraRef.in(new AssetData(json), category.loraWeight());
        } catch (IllegalArgumentException refused) {
            report(
                    path,
                    String.valueOf(refused.getMessage()),
                    "name a .safetensors file below the loras folder and a weight from -100 to 100");
        }
    }

    private void checkpoint(AssetData data) {
        int before = problems.size();
        numbers(json, List.of(), List.of("steps", "cfg"), "25");
        texts(json, List.of(), List.of("sampler_name", "scheduler", "vae", "base_position"));
        boolean named = !ModelRoots.modelNamed(category.model(), json).isEmpty();
        if (problems.size() > before || !named) {
            return;
        }
        try {
            category.read(CheckpointSettings.class, data);
        } catch (IllegalArgumentException refused) {
            report(List.of(), String.valueOf(refused.getMessage()), "give a value within the range");
        }
    }

    /** The object under a key; an empty one when there is none, or something else, which is a problem. */
    private JsonObject object(JsonObject holder, List<String> path, String key) {
        expect(holder, path, key, JsonObject.class::isInstance, "an object", "write it as { … }");
        return holder.members().get(key) instanceof JsonObject object ? object : JsonObject.empty();
    }

    /** Reports the value under a key unless it is missing, null, or as wanted. */
    private void expect(
            JsonObject holder,
            List<String> path,
            String key,
            Predicate<JsonValue> wanted,
            String expected,
            String fix) {
        JsonValue value = holder.members().get(key);
        if (value != null && value != JsonNull.NULL && !wanted.test(value)) {
            List<String> full = path(path, key);
            report(full, "%s is %s; expected %s".formatted(name(full), value.describe(), expected), fix);
        }
    }

    private void report(List<String> path, String what, String fix) {
        if (!told.add(path)) {
            return; // one value, one problem: a key may be declared in several ways
        }
        problems.add(new Problem(what, place(path), fix));
    }

    private String place(List<String> path) {
        return source == null || path.isEmpty()
                ? where
                : Json.line(source, path).stream()
                        .mapToObj(line -> where + ":" + line)
                        .findFirst()
                        .orElse(where);
    }

    private static String name(List<String> path) {
        return String.join(".", path);
    }

    private static List<String> path(List<String> section, String key) {
        List<String> path = new ArrayList<>(section);
        path.add(key);
        return path;
    }
}
