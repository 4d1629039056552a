package dev.gaze.example.faults;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** GAZE itself is killed (SIGKILL), at the entry of one step after the other on a job's way. */
final class CrashCases {
    private static final Duration LONG = Duration.ofSeconds(60);

    /**
     * A step of a job.
     *
     * @param name what happens there
     * @param type where
     * @param method the process dies when this is entered
     * @param job which job comes there: the second one finds a server that is known and idle
     * @param images how many it makes: the names of several are reserved before the first is filed
     */
    private record Step(String name, String type, String method, int job, int images) {
        Step(String name, String type, String method) {
            this(name, type, method, 1, 1);
        }

        static Step ofSecondJob(String name, String type, String method) {
            return new Step(name, type, method, 2, 1);
        }

        static Step ofTwoFiles(String name, String type, String method) {
            return new Step(name, type, method, 1, 2);
        }

        String work() {
            return images == 2 ? CrashChild.TWO_FILES : Integer.toString(job);
        }
    }

    private static final List<Step> STEPS = List.of(
            new Step("before the job is written down", "dev.gaze.core.ledger.Ledger", "accept"),
            new Step("while it is written down", "dev.gaze.core.ledger.Schedule", "add"),
            new Step("before that is forced to the disk", "dev.gaze.core.store.Forcing", "until"),
            new Step("when it is claimed", "dev.gaze.core.job.Turns", "turn"),
            new Step("while it waits for a place", "dev.gaze.core.fleet.Fleet", "await"),
            new Step("before the prompt is written down", "dev.gaze.core.ledger.Ledger", "attempt"),
            new Step("before the prompt is sent", "dev.gaze.comfy.client.ComfyClient", "run"),
            new Step("when the prompt was taken", "dev.gaze.core.job.LiveJob", "running"),
            new Step("when the server begins", "dev.gaze.core.job.Starting", "seen"),
            new Step("when the server has finished", "dev.gaze.core.job.Filing", "file"),
            new Step("before the image is fetched", "dev.gaze.core.image.RenderedFile", "fetch"),
            new Step("before its name is chosen", "dev.gaze.core.ledger.FileNames", "mayBeUsed"),
            new Step("when its name is chosen", "dev.gaze.core.image.MadeWith", "into"),
            new Step("before the first byte", "dev.gaze.core.file.DurableFile", "create"),
            new Step("before the file is moved into place", "dev.gaze.core.file.DurableFile", "putIfAbsent"),
            new Step("when the file is in place", "dev.gaze.core.job.Filing", "done"),
            new Step("before the end is written down", "dev.gaze.core.ledger.Ledger", "end"),
            new Step("while the end is written down", "dev.gaze.core.ledger.JobTable", "end"),
            new Step("when the end is written down", "dev.gaze.core.job.Waiters", "ended"),
            Step.ofSecondJob("when a place is taken for it at once", "dev.gaze.core.job.HeadStart", "attempt"),
            Step.ofSecondJob("when written down with its prompt", "dev.gaze.core.job.HeadStart", "server"),
            Step.ofTwoFiles("before two names are reserved", "dev.gaze.core.ledger.FileNames", "reserve"),
            Step.ofTwoFiles("when two names are reserved", "dev.gaze.core.image.MadeWith", "into"),
            Step.ofTwoFiles("before the first of two is in place", "dev.gaze.core.file.DurableFile", "putIfAbsent"),
            Step.ofTwoFiles("when the first of two is in place", "dev.gaze.core.image.LeftFiles", "image"),
            Step.ofTwoFiles("when both are in place", "dev.gaze.core.job.Filing", "done"));

    private CrashCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Step step : STEPS) {
            cases.add(Case.of("GAZE killed " + step.name, 40, scene -> play(scene, step), expected(step)));
        }
        return cases;
    }

    private static String[] expected(Step step) {
        boolean before = STEPS.indexOf(step) < 2 || step.method.equals("attempt") && step.job == 2;
        return new String[] {before ? "no job" : step.images == 1 ? "done, 1 image" : "done, 2 images"};
    }

    /** Another process dies; then the library is opened here. */
    private static String play(Scene scene, Step step) throws Exception {
        boolean died = Assassin.kill(
                step.type,
                step.method,
                CrashChild.class,
                scene.library.toString(),
                scene.comfy.address().toString(),
                step.work());
        if (!died) {
            return "the process never came to that step";
        }
        Gaze gaze = scene.open();
        List<Job> jobs = gaze.jobs().list(Set.of(), 0, 10).items();
        if (jobs.size() == step.job - 1) {
            return "no job";
        }
        return jobs.size() == step.job ? Scene.answer(jobs.get(0), LONG) : jobs.size() + " jobs";
    }
}
