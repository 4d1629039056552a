package dev.gaze.example.faults;

import dev.gaze.api.Gaze;
import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.job.GenerationRequest;
import dev.gaze.api.job.Job;
import dev.gaze.api.job.JobEvent;
import dev.gaze.api.job.JobNews;
import dev.gaze.api.job.JobState;
import dev.gaze.api.problem.GazeException;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A library of its own before a server of its own, with limits short enough to be waited for. */
final class Scene implements AutoCloseable {
    static final GenerationRequest WORDS =
            GenerationRequest.mix().plus("a lighthouse").size(64, 64).steps(2);

    /** Saves its picture twice. */
    static final GenerationRequest TWO_FILES = WORDS.template("twice");

    private static final String TWICE = """
            {"4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "Illustrious/model.safetensors"}},
             "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 64, "batch_size": 1}},
             "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "{{POSITIVE_PROMPT}}", "clip": ["4", 1]}},
             "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "", "clip": ["4", 1]}},
             "3": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 1, "cfg": 5, "sampler_name": "euler",
                   "scheduler": "normal", "denoise": 1, "model": ["4", 0], "positive": ["6", 0],
                   "negative": ["7", 0], "latent_image": ["5", 0]}},
             "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
             "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "one", "images": ["8", 0]}},
             "10": {"class_type": "SaveImage", "inputs": {"filename_prefix": "two", "images": ["8", 0]}}}
            """;

    /** Connect 1 s, answer 2 s, running 8 s, silence 1 s. */
    private static final ServerSettings.Limits LIMITS = new ServerSettings.Limits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ZERO,
            Duration.ofSeconds(8),
            Duration.ofSeconds(1),
            64_000_000);

    final Path library;
    final EmbeddedComfy comfy;
    private final List<JobNews> news = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> kept = new CopyOnWriteArrayList<>();
    private Gaze gaze;

    Scene(Path folder) throws IOException {
        library = Files.createDirectories(folder.resolve("library"));
        Files.writeString(
                Files.createDirectories(library.resolve("data/workflows")).resolve("twice.json"), TWICE);
        comfy = EmbeddedComfy.builder()
                .folder(Files.createDirectories(folder.resolve("comfy")))
                .port(freePort()) // named, so that a server may come back on it
                .start();
        comfy.models("checkpoints", List.of("Illustrious/model.safetensors"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static ServerSettings settings(URI address) {
        return new ServerSettings("server", address, Map.of(), null, null, LIMITS);
    }

    /** Opens the library before the server itself. */
    Gaze open() {
        return open(comfy.address());
    }

    /** Opens the library before whatever stands at an address. */
    Gaze open(URI address) {
        gaze = Gaze.builder().library(library).server(settings(address)).open();
        news.clear();
        gaze.jobs().listen(0, news::add, Runnable::run);
        return gaze;
    }

    Gaze gaze() {
        return gaze;
    }

    /** How a job ended: its state and, when it did not go well, the kind of reason. */
    static String answer(Job job, Duration atMost) {
        try {
            return "done, " + images(job.await(atMost).images().size());
        } catch (GazeException failure) {
            return job.state() == JobState.CANCELLED
                    ? "cancelled"
                    : job.state().ended() ? "failed" : "still " + job.state();
        }
    }

    private static String images(int count) {
        return count == 1 ? "1 image" : count + " images";
    }

    /** What contradicts what must always hold; blank when nothing does. */
    String falseNews() throws IOException {
        if (gaze == null) {
            return "the library was never opened";
        }
        Set<String> ended = new HashSet<>();
        StringBuilder wrong = new StringBuilder();
        long number = 0;
        for (JobNews one : news) {
            if (one.event() instanceof JobEvent.Ended
                    && !ended.add(one.event().job().toString())) {
                wrong.append("two ends of one job; ");
            } else if (ended.contains(one.event().job().toString()) && !(one.event() instanceof JobEvent.Ended)) {
                wrong.append("news after the end; ");
            }
            if (one.number() < number) {
                wrong.append("news out of order; ");
            }
            number = one.number();
        }
        long recorded = gaze.jobs().list(Set.of(JobState.DONE), 0, 10_000).items().stream()
                .mapToLong(job -> job.result().orElseThrow().images().size())
                .sum();
        if (recorded != files().size()) {
            wrong.append("%d images recorded, %d on disk; ".formatted(recorded, files().size()));
        }
        if (!leftovers().isEmpty()) {
            wrong.append("left behind: ").append(leftovers());
        }
        return wrong.toString();
    }

    /** The images on disk. */
    List<Path> files() throws IOException {
        return walk(path -> path.getFileName().toString().startsWith("gen_"));
    }

    private List<Path> leftovers() throws IOException {
        return walk(path -> path.getFileName().toString().startsWith(".~"));
    }

    private List<Path> walk(Predicate<Path> wanted) throws IOException {
        Path uploads = library.resolve("uploads");
        if (Files.notExists(uploads)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(Files::isRegularFile)
                    .filter(path -> !path.getParent().endsWith(".state"))
                    .filter(wanted)
                    .toList();
        }
    }

    /** Closes a server with the scene. */
    synchronized void keep(AutoCloseable server) {
        kept.add(server);
    }

    @Override
    public void close() throws Exception {
        if (gaze != null) {
            gaze.close();
        }
        comfy.close();
        for (AutoCloseable server : kept) {
            server.close();
        }
    }
}
