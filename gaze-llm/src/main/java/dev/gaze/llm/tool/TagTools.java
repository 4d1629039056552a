package dev.gaze.llm.tool;

import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.chat.ChatToolSource;
import dev.gaze.api.chat.ChatToolbox;
import dev.gaze.api.chat.ToolSettings;
import dev.gaze.api.json.JsonArray;
import dev.gaze.api.json.JsonNumber;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.json.JsonText;
import dev.gaze.api.json.JsonValue;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.tag.TagCatalogue;
import dev.gaze.api.tag.TagHit;
import dev.gaze.api.tag.TagQuery;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code search_tags}, {@code suggest_tags} and {@code validate_tags} over the tag catalogue (G132), whoever the tags
 * come from: the list that ships, one of the user's, or another source (G134).
 */
public final class TagTools implements ChatToolSource {
    private static final String QUERY = """
            {"type": "object", "additionalProperties": false, "required": ["%s"], "properties": {
              "%s": {"type": "string", "description": "%s"},
              "limit": {"type": "integer", "minimum": 1, "maximum": 100, "description": "how many at most; 10 when left out"},
              "category": {"type": ["string", "integer"], "description": "only tags of this category, by name or number, such as general or character"}}}
            """;

    /** Opens nothing. */
    public TagTools() {}

    @Override
    public String id() {
        return "gaze.tag-tools";
    }

    @Override
    public ChatToolbox open(ToolSettings settings) {
        List<ChatTool> tools = over(settings.tags());
        return new ChatToolbox() {
            @Override
            public List<ChatTool> tools() {
                return tools;
            }

            @Override
            public List<Problem> warnings() {
                return List.of();
            }

            @Override
            public void close() {
                // the catalogue is the library's
            }
        };
    }

    /**
     * The three tools.
     *
     * @param tags gives the catalogue; asked at every call
     * @return search, suggest, validate
     */
    public static List<ChatTool> over(Supplier<TagCatalogue> tags) {
        return List.of(
                OwnTool.of(
                        "search_tags",
                        "Finds tags the image model was trained on by the beginning of their name or of another name for them, most used first.",
                        QUERY.formatted("query", "query", "how the tag begins, such as long_h"),
                        arguments -> hits(tags.get().search(query("query", arguments)))),
                OwnTool.of(
                        "suggest_tags",
                        "Completes a part of a tag: names that begin with it, names with a word that does, names that hold it anywhere.",
                        QUERY.formatted("partial", "partial", "a part of the tag, such as hair"),
                        arguments -> hits(tags.get().suggest(query("partial", arguments)))),
                OwnTool.of(
                        "validate_tags",
                        "Tells which tags exist, which are other names for a tag, which are unknown (with suggestions) and which must not be used. Call it before you settle on tags.",
                        """
                        {"type": "object", "additionalProperties": false, "required": ["tags"], "properties": {
                          "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 500, "description": "the tags to check"}}}
                        """,
                        arguments -> tags.get().validate(texts(arguments)).json()));
    }

    private static TagQuery query(String text, JsonObject arguments) {
        TagQuery query = TagQuery.of(arguments.text(text).orElse(""))
                .in(arguments.text("category").orElse(null));
        return arguments
                .number("limit")
                .map(JsonNumber::asInt)
                .map(query::limit)
                .orElse(query);
    }

    private static JsonObject hits(List<TagHit> hits) {
        return JsonObject.of("tags", hits.stream().map(TagHit::json).toList());
    }

    private static List<String> texts(JsonObject arguments) {
        JsonValue tags = arguments.get("tags").orElse(JsonArray.of());
        return ((JsonArray) tags)
                .items().stream().map(tag -> ((JsonText) tag).value()).toList();
    }
}
