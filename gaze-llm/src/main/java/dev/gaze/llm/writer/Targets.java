package dev.gaze.llm.writer;

import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.writer.PromptTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What prompts can be written for, with the instructions as they stand at this moment. */
final class Targets {
    private static final int MOST_BYTES = 1_000_000;

    private final Map<String, PromptTarget> byId = new LinkedHashMap<>();
    private final @Nullable Path files;

    /**
     * The targets that ship, and others.
     *
     * @param registered further ones, and others in place of those that ship
     * @param files a folder whose files count more than both; null for none
     */
    Targets(List<PromptTarget> registered, @Nullable Path files) {
        this.files = files;
        add(new PromptTarget(PromptTarget.FLUX, "Flux", shipped("flux"), shipped("flux_chat")));
        add(new PromptTarget(PromptTarget.SDXL, "SDXL", shipped("sdxl"), shipped("sdxl_chat")));
        registered.forEach(this::add);
    }

    private void add(PromptTarget target) {
        byId.put(target.id(), target);
    }

    private static String shipped(String name) {
        String file = name + ".txt";
        try (InputStream resource = Objects.requireNonNull(
                Targets.class.getResourceAsStream(file), () -> file + " is missing from the jar")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<PromptTarget> all() {
        return List.copyOf(byId.values());
    }

    /** The target of that name; Flux when nobody named one, and with a warning when there is none. */
    PromptTarget find(@Nullable String id, Consumer<Problem> warnings) {
        PromptTarget found = id == null ? null : byId.get(id);
        if (found != null) {
            return found;
        }
        if (id != null) {
            warnings.accept(Problem.of("There is no target '%s', so the prompt was written for %s"
                            .formatted(id, PromptTarget.FLUX))
                    .fix(NearestNames.fix(id, byId.keySet(), "targets")));
        }
        return Objects.requireNonNull(byId.get(PromptTarget.FLUX));
    }

    String oneShot(PromptTarget target, Consumer<Problem> warnings) {
        return instructions(target.id(), target.oneShot(), warnings);
    }

    String chat(PromptTarget target, Consumer<Problem> warnings) {
        return instructions(target.id() + "_chat", target.chat(), warnings);
    }

    /** A file is read anew each time, so that somebody who works on it sees what it does. */
    private String instructions(String name, String otherwise, Consumer<Problem> warnings) {
        if (files == null) {
            return otherwise;
        }
        Path file = files.resolve(name + ".txt");
        if (!Files.isRegularFile(file)) {
            return otherwise;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? otherwise : text;
        } catch (IOException unreadable) {
            warnings.accept(Problem.of("Instructions could not be read, so the usual ones were used: "
                            + unreadable.getClass().getSimpleName())
                    .at(file.toString()));
            return otherwise;
        }
    }
}
