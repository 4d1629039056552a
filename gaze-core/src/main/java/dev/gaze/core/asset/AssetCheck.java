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
        check.texts(List.of(), List.of(category.idKey(), category.nameKey()));
        check.tags();
        category.sections().forEach(check::section);
        check.model();
        if (category.reads(CheckpointSettings.class)) {
            check.checkpoint(data);
        }
        return check.problems;
    }

    private void texts(List<String> section, List<String> keys) {
        keys.forEach(key -> expect(path(section, key), JsonText.class::isInstance, "text", "write it in quotes"));
    }

    private void numbers(List<String> section, List<String> keys, String example) {
        keys.forEach(key -> expect(
                path(section, key),
                JsonNumber.class::isInstance,
                "a number such as " + example,
                "write it without quotes"));
    }

    private void tags() {
        expect(
                List.of("tags"),
                value -> value instanceof JsonArray || value instanceof JsonText,
                "a list of texts",
                "write it as [\"one\", \"two\"]");
    }

    private void section(Section section) {
        boolean topLevel = section.name().equals(FieldAddress.SPECIAL);
        List<String> path = topLevel ? List.of() : List.of(section.name());
        if (!topLevel && !expect(path, JsonObject.class::isInstance, "an object", "write it as { … }")) {
            return;
        }
        if (section.wardrobe()) {
            return; // its values may be outfits or fields
        }
        for (Field field : section.fields()) {
            expect(
                    path(path, field.key()),
                    value -> !(value instanceof JsonObject),
                    "text or a list of texts",
                    "write the words themselves");
        }
    }

    private void model() {
        ModelFile model = category.model();
        for (int depth = 1; depth < model.path().size(); depth++) {
            if (!expect(
                    model.path().subList(0, depth), JsonObject.class::isInstance, "an object", "write it as { … }")) {
                return;
            }
        }
        if (model.path().equals(ModelFile.LORA.path())) {
            lora();
        } else if (expect(model.path(), JsonText.class::isInstance, "text", "write it in quotes")) {
            String file = ModelRoots.modelNamed(model, json);
            if (ModelRoots.leavesItsFolder(file)) {
                report(
                        model.path(),
                        "%s is \"%s\", which leaves the %s folder".formatted(name(model.path()), file, model.folder()),
                        "give a name below that folder, with forward slashes");
            }
        }
    }

    private void lora() {
        int before = problems.size();
        List<String> section = List.of("lora");
        texts(section, LORA_TEXTS);
        numbers(section, LORA_NUMBERS, "0.8");
        if (problems.size() > before) {
            return;
        }
        try {
            LoraRef.in(new AssetData(json), category.loraWeight());
        } catch (IllegalArgumentException refused) {
            report(
                    List.of("lora"),
                    String.valueOf(refused.getMessage()),
                    "name a .safetensors file below the loras folder and a weight from -100 to 100");
        }
    }

    private void checkpoint(AssetData data) {
        int before = problems.size();
        numbers(List.of(), List.of("steps", "cfg"), "25");
        texts(List.of(), List.of("sampler_name", "scheduler", "vae", "base_position"));
        boolean named = !ModelRoots.modelNamed(category.model(), json).isEmpty();
        if (problems.size() > before || !named) {
            return;
        }
        try {
            category.read(CheckpointSettings.class, data);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            report(List.of(), String.valueOf(refused.getMessage()), "give a value within the range");
        }
    }

    /** Whether the value is missing, null, or as wanted; if not, it is a problem. */
    private boolean expect(List<String> path, Predicate<JsonValue> wanted, String expected, String fix) {
        JsonValue value = json.at(path).orElse(JsonNull.NULL);
        if (value == JsonNull.NULL || wanted.test(value)) {
            return true;
        }
        report(path, "%s is %s; expected %s".formatted(name(path), value.describe(), expected), fix);
        return false;
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
