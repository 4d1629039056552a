package dev.gaze.core.wildcard;

import dev.gaze.api.template.Resolution;
import dev.gaze.api.template.Sampling;
import dev.gaze.api.template.TemplateRequest;
import dev.gaze.core.template.TemplateRun;
import dev.gaze.core.template.WildcardSource;
import dev.gaze.testkit.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real folders of wildcard files. */
@Timeout(60)
abstract class WildcardTesting {
    @TempDir
    Path folder;

    final ManualTime time = new ManualTime();
    Path root;
    WildcardLibrary library;

    @BeforeEach
    void open() {
        root = folder.resolve("wildcards");
        library = new WildcardLibrary(List.of(root, folder.resolve("more")), time);
    }

    /** Writes a file below the root. */
    Path file(String path, String content) {
        return write(root.resolve(path), content);
    }

    static Path write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<Resolution> run(TemplateRequest request) {
        return run(request, library.source());
    }

    static List<Resolution> run(TemplateRequest request, WildcardSource source) {
        TemplateRun run = new TemplateRun(request, source);
        List<Resolution> all = new ArrayList<>();
        for (Resolution one = run.next(); one != null; one = run.next()) {
            all.add(one);
        }
        return all;
    }

    /** Every text a template gives. */
    List<String> all(String template) {
        return all(TemplateRequest.of(template));
    }

    List<String> all(TemplateRequest request) {
        return run(request.sampling(Sampling.COMBINATORIAL).count(1_000)).stream()
                .map(Resolution::text)
                .toList();
    }
}
