package dev.gaze.example.faults;

import dev.gaze.api.Gaze;
import dev.gaze.api.job.Job;
import dev.gaze.api.time.SystemTime;
import dev.gaze.comfy.embedded.EmbeddedComfy;
import dev.gaze.comfy.embedded.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What servers, networks, strangers and disks do. */
final class ServerCases {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String DONE = "done, 1 image";

    private ServerCases() {}

    static List<Case> all() {
        return List.of(
                Case.of("nothing goes wrong", 5, scene -> calm(scene, comfy -> {}), DONE),
                Case.of("socket cut while it runs", 8, ServerCases::socketCut, DONE),
                Case.of("socket cut through the network", 8, ServerCases::proxyCut, DONE),
                Case.of("socket silent, stays open", 10, ServerCases::socketSilent, DONE),
                Case.of("server stands still for good", 15, ServerCases::standsStill, "failed"),
                Case.of("frames are lost", 10, scene -> calm(scene, EmbeddedComfy::loseFrames), DONE),
                Case.of("duplicate events", 6, scene -> calm(scene, EmbeddedComfy::repeatFrames), DONE),
                Case.of("out-of-order events", 10, scene -> calm(scene, EmbeddedComfy::disorderFrames), DONE),
                Case.of(
                        "late events",
                        10,
                        scene -> calm(scene, comfy -> comfy.framesComeLate(Duration.ofMillis(700))),
                        DONE),
                Case.of(
                        "history comes late",
                        10,
                        scene -> calm(scene, comfy -> comfy.historyComesLate(Duration.ofMillis(700))),
                        DONE),
                Case.of("server killed and restarted while it runs", 15, ServerCases::restarted, DONE),
                Case.of("server killed, back on its port after 3 s", 25, ServerCases::backLater, DONE),
                Case.of("server away when the job is handed in", 20, ServerCases::awayAtFirst, DONE, "failed"),
                Case.of("server forgets everything", 15, ServerCases::forgets, DONE, "cancelled"),
                Case.of("worker of the server is dead", 30, ServerCases::deadWorker, DONE, "failed"),
                Case.of("two outputs", 8, ServerCases::twoFiles, "done, 2 images"),
                Case.of("all cached", 8, ServerCases::cached, DONE),
                Case.of(
                        "validation refused",
                        6,
                        scene -> calm(scene, comfy -> comfy.refusePrompts("invalid_prompt", "no")),
                        "failed"),
                Case.of(
                        "partly refused",
                        8,
                        scene -> calm(scene, comfy -> comfy.refusePartly("9", "SaveImage")),
                        "failed"),
                Case.of(
                        "a node fails",
                        6,
                        scene -> calm(scene, comfy -> comfy.failNode("KSampler", "ValueError", "bad")),
                        "failed"),
                Case.of("out of memory", 6, scene -> calm(scene, comfy -> comfy.runOutOfMemory("KSampler")), "failed"),
                Case.of("interrupted by a stranger", 8, ServerCases::interrupted, "cancelled"),
                Case.of("deleted by a stranger while it waits", 12, ServerCases::deleted, "cancelled"),
                Case.of("image cut short", 8, scene -> calm(scene, EmbeddedComfy::truncateImages), "failed"),
                Case.of(
                        "a log-in page answers",
                        15,
                        scene -> calm(scene, comfy -> comfy.answerHtml("/prompt")),
                        "failed"),
                Case.of(
                        "the server answers 500",
                        15,
                        scene -> calm(scene, comfy -> comfy.answerStatus("/prompt", 500)),
                        "failed"),
                Case.of("the image is away, then there", 15, ServerCases::viewAway, DONE),
                Case.of("runs longer than its limit", 15, ServerCases::tooLong, "failed"),
                Case.of("cancelled while it runs", 8, ServerCases::cancelled, "cancelled"),
                Case.of("the disk refuses the image", 8, ServerCases::diskRefuses, "failed"));
    }

    private static String calm(Scene scene, Consumer<EmbeddedComfy> trouble) {
        Gaze gaze = scene.open();
        trouble.accept(scene.comfy);
        return Scene.answer(gaze.generate(Scene.WORDS), LONG);
    }

    private static String twoFiles(Scene scene) {
        return Scene.answer(scene.open().generate(Scene.TWO_FILES), LONG);
    }

    /** A job that stands still on the server, at its sampler. */
    private static Job running(Scene scene) {
        Gaze gaze = scene.open();
        scene.comfy.standStill();
        Job job = gaze.generate(Scene.WORDS);
        scene.comfy.awaitRunning();
        return job;
    }

    private static String socketCut(Scene scene) {
        Job job = running(scene);
        scene.comfy.dropSockets();
        scene.comfy.recover();
        return Scene.answer(job, LONG);
    }

    private static String proxyCut(Scene scene) throws Exception {
        return behindProxy(scene, proxy -> proxy.cut(FaultProxy.Traffic.ALL));
    }

    /** Makes trouble on the network while a job runs. */
    private static String behindProxy(Scene scene, Consumer<FaultProxy> trouble) throws Exception {
        try (SystemTime time = new SystemTime();
                FaultProxy proxy = FaultProxy.before(scene.comfy.address(), time)) {
            Gaze gaze = scene.open(proxy.address());
            scene.comfy.standStill();
            Job job = gaze.generate(Scene.WORDS);
            scene.comfy.awaitRunning();
            trouble.accept(proxy);
            scene.comfy.recover();
            String answer = Scene.answer(job, LONG);
            gaze.close();
            scene.open();
            return answer;
        }
    }

    private static String socketSilent(Scene scene) throws Exception {
        return behindProxy(scene, proxy -> proxy.swallow(FaultProxy.Traffic.SOCKETS, FaultProxy.Direction.TO_CLIENT));
    }

    private static String standsStill(Scene scene) {
        Gaze gaze = scene.open();
        scene.comfy.fallSilent();
        return Scene.answer(gaze.generate(Scene.WORDS), LONG);
    }

    private static String restarted(Scene scene) {
        Job job = running(scene);
        scene.comfy.restart();
        scene.comfy.recover();
        return Scene.answer(job, LONG);
    }

    private static String backLater(Scene scene) throws Exception {
        Job job = running(scene);
        int port = scene.comfy.address().getPort();
        scene.comfy.close();
        CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS).execute(() -> scene.keep(again(port)));
        return Scene.answer(job, LONG);
    }

    private static EmbeddedComfy again(int port) {
        EmbeddedComfy comfy = EmbeddedComfy.builder().port(port).start();
        comfy.models("checkpoints", List.of("Illustrious/model.safetensors"));
        return comfy;
    }

    private static String awayAtFirst(Scene scene) {
        int port = scene.comfy.address().getPort();
        Gaze gaze = scene.open();
        scene.comfy.close();
        Job job = gaze.generate(Scene.WORDS);
        String first = Scene.answer(job, LONG);
        scene.keep(again(port));
        return first.equals("failed") ? Scene.answer(gaze.jobs().retry(job.id()), LONG) : first;
    }

    private static String forgets(Scene scene) {
        Job job = running(scene);
        scene.comfy.forget();
        scene.comfy.recover();
        return Scene.answer(job, LONG);
    }

    private static String deadWorker(Scene scene) {
        Gaze gaze = scene.open();
        scene.comfy.killWorker();
        Job job = gaze.generate(Scene.WORDS);
        return Scene.answer(job, LONG);
    }

    private static String cached(Scene scene) {
        Gaze gaze = scene.open();
        Scene.answer(gaze.generate(Scene.WORDS.seed(7)), LONG);
        return Scene.answer(gaze.generate(Scene.WORDS.seed(7)), LONG);
    }

    private static String interrupted(Scene scene) {
        Job job = running(scene);
        scene.comfy.interruptRunning();
        scene.comfy.recover();
        return Scene.answer(job, LONG);
    }

    private static String deleted(Scene scene) {
        Gaze gaze = scene.open();
        scene.comfy.standStill();
        gaze.backends().remove(gaze.backends().list().get(0).id());
        gaze.backends().add(Scene.settings(scene.comfy.address()).withSlots(2));
        Job first = gaze.generate(Scene.WORDS);
        scene.comfy.awaitRunning();
        Job second = gaze.generate(Scene.WORDS);
        scene.comfy.awaitPrompts(2);
        scene.comfy.deleteWaiting();
        String answer = Scene.answer(second, LONG);
        scene.comfy.recover();
        Scene.answer(first, LONG);
        return answer;
    }

    private static String viewAway(Scene scene) {
        Gaze gaze = scene.open();
        scene.comfy.closeConnections("/view");
        Job job = gaze.generate(Scene.WORDS);
        CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS).execute(scene.comfy::recover);
        return Scene.answer(job, LONG);
    }

    private static String tooLong(Scene scene) {
        return Scene.answer(running(scene), LONG);
    }

    private static String cancelled(Scene scene) {
        Job job = running(scene);
        job.cancel();
        String answer = Scene.answer(job, LONG);
        scene.comfy.recover();
        return answer;
    }

    private static String diskRefuses(Scene scene) throws Exception {
        Gaze gaze = scene.open();
        Path mix = scene.library.resolve("uploads/mix");
        Files.createDirectories(mix.getParent());
        Files.writeString(mix, "a file where a folder is needed");
        String answer = Scene.answer(gaze.generate(Scene.WORDS), LONG);
        Files.delete(mix);
        return answer;
    }
}
