package dev.gaze.example.faults;

import com.sun.jdi.request.EventRequest;
import dev.gaze.api.Gaze;
import dev.gaze.api.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Disks that are slow, and disks that are full. */
final class DiskCases {
    private static final Duration LONG = Duration.ofSeconds(60);
    /** So much later is every write on a slow disk safe. */
    private static final Duration SLOW = Duration.ofMillis(250);

    /** Gives a running process another limit, on Linux. */
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    private DiskCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        cases.add(Case.of("slow disk: every forced write takes 250 ms", 40, DiskCases::slow, "done, 1 image"));
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            for (int room : List.of(0, 16, 32, 64, 96)) {
                cases.add(Case.of(
                        "disk full after %d kB, later there is room".formatted(room),
                        40,
                        scene -> full(scene, room),
                        "no job",
                        "done, 1 image"));
            }
        }
        if (Files.isExecutable(PRLIMIT)) {
            for (int room : List.of(16, 24, 40)) {
                cases.add(Case.of(
                        "disk full after %d kB, room again while it runs".formatted(room),
                        40,
                        scene -> fullForAWhile(scene, room),
                        "refused, no job",
                        "done, 1 image"));
            }
        }
        return cases;
    }

    /** The process goes on after each stop, so it ends by itself. */
    private static String slow(Scene scene) throws Exception {
        AtomicInteger writes = new AtomicInteger();
        try (Debuggee child = Debuggee.start(EventRequest.SUSPEND_EVENT_THREAD, CrashChild.class, arguments(scene))) {
            child.run("sun.nio.ch.FileChannelImpl", "force", () -> {
                writes.incrementAndGet();
                TimeUnit.NANOSECONDS.sleep(SLOW.toNanos());
                return true;
            });
        }
        return writes.get() < 3 ? "nothing was forced to the disk" : onlyJob(scene);
    }

    /** The process ends with its failure; then the library is opened here. */
    private static String full(Scene scene, int room) throws Exception {
        Process child = onSmallDisk(scene, room);
        try {
            if (!child.waitFor(30, TimeUnit.SECONDS)) {
                return "the process hangs";
            }
        } finally {
            child.destroyForcibly();
        }
        return onlyJob(scene);
    }

    /** The process itself comes to the good end, or had no room to take the job in, and said so. */
    private static String fullForAWhile(Scene scene, int room) throws Exception {
        Process child = onSmallDisk(scene, room);
        try {
            child.waitFor(5, TimeUnit.SECONDS); // long enough to fail
            new ProcessBuilder(PRLIMIT.toString(), "--pid", Long.toString(child.pid()), "--fsize=unlimited:unlimited")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (!child.waitFor(30, TimeUnit.SECONDS)) {
                return "the process hangs";
            }
        } finally {
            child.destroyForcibly();
        }
        return child.exitValue() == 0 ? onlyJob(scene) : "refused, " + onlyJob(scene);
    }

    /** No file of the process may grow beyond what the database needs to be opened, and some room. */
    private static Process onSmallDisk(Scene scene, int room) throws IOException {
        scene.open().close();
        long database = Files.size(scene.library.resolve(".gaze/index.mv.db")) / 1024;
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "ulimit -S -f %d; exec \"$@\"".formatted(2 * (database + room)), // in blocks of 512 bytes
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName()));
        command.addAll(List.of(arguments(scene)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String[] arguments(Scene scene) {
        return new String[] {scene.library.toString(), scene.comfy.address().toString()};
    }

    private static String onlyJob(Scene scene) {
        Gaze gaze = scene.open();
        List<Job> jobs = gaze.jobs().list(Set.of(), 0, 10).items();
        if (jobs.isEmpty()) {
            return "no job";
        }
        return jobs.size() == 1 ? Scene.answer(jobs.get(0), LONG) : jobs.size() + " jobs";
    }
}
