package dev.gaze.llm.client;

import dev.gaze.api.chat.AnswerFormat;
import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server would not take, and is spared for the rest of one conversation: tools (G51), a form of the answer, and
 * small things. Used by one thread at a time.
 */
public final class Concessions {
    private static final String NO_TOOLS = "tools";

    private enum Form {
        SCHEMA,
        JSON,
        WORDS
    }

    private final List<Problem> warnings = new ArrayList<>();
    private final Spelled spelled = new Spelled();
    private boolean withoutTools;
    private boolean withoutUsage;
    private boolean flattened;
    private Form form = Form.SCHEMA;

    /** Nothing conceded yet. */
    public Concessions() {}

    /**
     * What callers are told.
     *
     * @return a warning for each thing that was left out
     */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Whether the server is asked without tools.
     *
     * @return true once it has refused them
     */
    public boolean withoutTools() {
        return withoutTools;
    }

    boolean usageWanted() {
        return !withoutUsage;
    }

    /** The dialect, which an old server may have changed. */
    Dialect dialect(ChatSettings settings) {
        return switch (settings.kind()) {
            case OPENAI -> new OpenAiDialect(spelled);
            case OLLAMA -> flattened ? new GenerateDialect(settings.labelledSystem()) : new OllamaDialect(spelled);
            case OLLAMA_GENERATE -> new GenerateDialect(settings.labelledSystem());
        };
    }

    /** The question with what was conceded so far. */
    Question applied(Question question) {
        List<ChatMessage> messages = withoutTools ? Plain.withoutTools(question.messages()) : question.messages();
        AnswerFormat format = question.format();
        if (form != Form.SCHEMA && format instanceof AnswerFormat.Schema schema) {
            messages = Plain.withInstruction(
                    messages,
                    "Answer with one JSON object and nothing else. It must fit this JSON Schema: " + schema.schema());
            format = AnswerFormat.JSON;
        } else if (form == Form.WORDS && format instanceof AnswerFormat.Json) {
            messages = Plain.withInstruction(messages, "Answer with one JSON object and nothing else.");
        }
        if (form == Form.WORDS) {
            format = AnswerFormat.TEXT;
        }
        return question.with(messages, withoutTools ? List.of() : question.tools(), format);
    }

    /** Leaves tools out from the beginning, where a server is known to have none. */
    @Nullable
    String refuseTools(Question question) {
        if (question.tools().isEmpty() || withoutTools) {
            return null;
        }
        withoutTools = true;
        return concede(NO_TOOLS, "asked without them, so nothing was looked up");
    }

    /**
     * Decides what to leave out after a refusal.
     *
     * @param trouble what the server said
     * @param question as it was asked, with what was conceded before
     * @param dialect how it was asked
     * @return what is left out from now on; null when nothing more can be
     */
    @Nullable
    String after(Trouble trouble, Question question, Dialect dialect) {
        int status = trouble.status();
        String said = trouble.said();
        if (dialect instanceof OllamaDialect && said.contains("page not found") && (status == 404 || status == 405)) {
            flattened = true;
            return concede("messages with roles", "asked with one text instead: the server knows no /api/chat");
        }
        boolean refused = status == 400 || status == 422;
        if (refused && question.stream() && usageWanted() && said.contains("stream_options")) {
            withoutUsage = true;
            return concede("counts of tokens", "asked without them");
        }
        boolean speaksOfForm = said.contains("response_format")
                || said.contains("json_schema")
                || said.contains("json_object")
                || said.contains("grammar");
        boolean speaksOfTools = said.contains("tool") || said.contains("function");
        boolean hasForm = !(question.format() instanceof AnswerFormat.Text);
        boolean hasTools = !question.tools().isEmpty();
        if (hasForm && speaksOfForm && status >= 400) {
            return lowerForm(question);
        }
        if (hasTools && (refused || speaksOfTools && status >= 400)) {
            return refuseTools(question);
        }
        return hasForm && refused ? lowerForm(question) : null;
    }

    private String lowerForm(Question question) {
        boolean schema = question.format() instanceof AnswerFormat.Schema;
        form = schema ? Form.JSON : Form.WORDS;
        return schema
                ? concede("a JSON Schema for the answer", "asked for plain JSON, with the schema in words")
                : concede("the JSON form of the answer", "asked for it in words");
    }

    private String concede(String what, String instead) {
        warnings.add(Problem.of("The server takes no %s; it was %s".formatted(what, instead)));
        return what;
    }
}
