package dev.gaze.example.bench;

import dev.gaze.api.backend.BackendId;
import dev.gaze.api.backend.RenderBackend;
import dev.gaze.api.backend.RenderEvent;
import dev.gaze.api.backend.RenderOutput;
import dev.gaze.api.backend.RenderRun;
import dev.gaze.api.backend.RenderServer;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.json.JsonObject;
import dev.gaze.api.plugin.Extension;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.api.workflow.ServerFacts;
import dev.gaze.api.workflow.Workflow;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** A server that notes the moment it is sent a workflow, and is done with it at once. At {@code instant:} addresses. */
final class InstantBackend implements RenderBackend, GazePlugin {
    private final byte[] picture = picture();
    private volatile long sent;

    /** When it was last sent a workflow, as {@link System#nanoTime} tells. */
    long sent() {
        return sent;
    }

    private static byte[] picture() {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public String id() {
        return "bench.instant";
    }

    @Override
    public List<Extension> extensions() {
        return List.of(this);
    }

    @Override
    public boolean takes(URI address) {
        return "instant".equals(address.getScheme());
    }

    @Override
    public RenderServer connect(ServerSettings settings, Time time, Executor callbacks) {
        return new Server(new BackendId(settings.name()), callbacks);
    }

    private final class Server implements RenderServer {
        private final BackendId id;
        private final Executor callbacks;

        Server(BackendId id, Executor callbacks) {
            this.id = id;
            this.callbacks = callbacks;
        }

        @Override
        public BackendId id() {
            return id;
        }

        @Override
        public ServerFacts facts() {
            return ServerFacts.unknown();
        }

        @Override
        public void forgetFacts() {
            // there are none
        }

        @Override
        public RenderRun start(UUID prompt, Workflow workflow, JsonObject pngInfo, Consumer<RenderEvent> listener) {
            sent = System.nanoTime();
            callbacks.execute(() -> listener.accept(new RenderEvent.Finished(
                    List.of(new RenderOutput("9", "images", "a.png", "", "output", () -> picture)))));
            return new Run(prompt);
        }

        @Override
        public RenderRun attach(UUID prompt, Workflow workflow, Consumer<RenderEvent> listener) {
            callbacks.execute(() -> listener.accept(new RenderEvent.Lost(Problem.of("It is long gone"))));
            return new Run(prompt);
        }

        @Override
        public void cancel(UUID prompt) {
            // done already
        }

        @Override
        public void probe() {
            // always there
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }

    private record Run(UUID prompt) implements RenderRun {
        @Override
        public void cancel() {
            // done already
        }
    }
}
