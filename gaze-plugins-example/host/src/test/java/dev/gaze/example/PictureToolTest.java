package dev.gaze.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.Gaze;
import dev.gaze.api.chat.ChatTool;
import dev.gaze.api.job.JobId;
import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.example.project.SampleLibrary;
import dev.gaze.llm.tool.LibraryTools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tool that makes a picture, while the picture takes its time. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class PictureToolTest {
    @TempDir
    Path folder;

    @Test
    void whoever_is_interrupted_while_a_picture_is_made_is_told_its_job() throws Exception {
        Path library = SampleLibrary.copyTo(folder);
        try (EmbeddedComfy comfy = EmbeddedComfy.start()) {
            comfy.models("checkpoints", List.of("Illustrious/model.safetensors"));
            comfy.standStill();
            try (Gaze gaze =
                    Gaze.builder().library(library).server(comfy.address()).open()) {
                ChatTool generate = LibraryTools.of(gaze).stream()
                        .filter(tool -> tool.id().equals("generate_image"))
                        .findFirst()
                        .orElseThrow();
                FutureTask<JsonObject> told = new FutureTask<>(() ->
                        (JsonObject) generate.run(JsonObject.of("plus", "a lighthouse", "width", 64, "height", 64)));
                Thread caller = new Thread(told, "waits-for-a-picture");
                caller.start();
                comfy.awaitRunning();

                caller.interrupt();

                JsonObject answer = told.get(20, TimeUnit.SECONDS);
                assertThat(answer.get("images")).isEmpty();
                JobId job = JobId.parse(answer.text("job").orElseThrow());
                comfy.recover();
                assertThat(gaze.jobs()
                                .get(job)
                                .await(Duration.ofMinutes(1))
                                .image()
                                .file())
                        .exists();
            }
        }
    }
}
