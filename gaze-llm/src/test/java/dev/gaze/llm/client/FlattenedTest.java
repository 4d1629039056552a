package dev.gaze.llm.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.chat.ChatMessage;
import dev.gaze.api.chat.ToolCall;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P44")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlattenedTest {
    private static final ChatMessage HI = new ChatMessage.User("hi");

    @Test
    void a_conversation_is_one_text_without_a_label_for_the_system() {
        assertThat(flat(
                        new ChatMessage.System("Be brief."),
                        HI,
                        new ChatMessage.Assistant("hello"),
                        new ChatMessage.User("go on")))
                .isEqualTo("Be brief.\n\nUser: hi\nAssistant: hello\nUser: go on\nAssistant:");
    }

    @Test
    void without_a_system_text_it_starts_at_the_user() {
        assertThat(flat(HI)).isEqualTo("User: hi\nAssistant:");
        assertThat(flat(new ChatMessage.System(" "), HI)).isEqualTo("User: hi\nAssistant:");
    }

    @Test
    void of_several_system_texts_the_last_one_counts() {
        assertThat(flat(new ChatMessage.System("a"), HI, new ChatMessage.System("b")))
                .isEqualTo("b\n\nUser: hi\nAssistant:");
    }

    @Test
    void an_option_labels_the_system_text() {
        assertThat(GenerateDialect.flattened(List.of(new ChatMessage.System("Be brief."), HI), true))
                .isEqualTo("System: Be brief.\n\nUser: hi\nAssistant:");
    }

    @Test
    void results_of_tools_are_told_by_the_user() {
        ToolCall call = new ToolCall("1", "echo", "{}");

        assertThat(flat(
                        HI,
                        new ChatMessage.Assistant("", List.of(call)),
                        new ChatMessage.ToolResult(call, "found", false)))
                .isEqualTo("User: hi\nUser: Result of echo({}): found\nAssistant:");
    }

    private static String flat(ChatMessage... messages) {
        return GenerateDialect.flattened(List.of(messages), false);
    }
}
