package dev.gaze.llm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatTool;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library as tools. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LibraryToolsTest {
    @TempDir
    Path library;

    @Test
    void of_all_tools_only_the_one_that_looks_after_a_job_may_be_called_again_and_again() {
        try (Gaze gaze = Gaze.builder().library(library).onlyGivenPlugins().open()) {
            assertThat(LibraryTools.of(gaze))
                    .filteredOn(ChatTool::repeatable)
                    .extracting(ChatTool::id)
                    .containsExactly("get_job");
        }
    }
}
