package dev.gaze.comfy.embedded;

import dev.gaze.api.json.JsonObject;
import dev.gaze.comfy.embedded.fault.Faults;
import dev.gaze.comfy.embedded.fault.Faults.NodeFault;
import dev.gaze.comfy.embedded.fault.Faults.Pace;
import dev.gaze.comfy.embedded.fault.Faults.RouteFault;
import dev.gaze.comfy.embedded.fault.Faults.RouteFault.Kind;
import dev.gaze.comfy.embedded.fault.Pauses;
import java.time.Duration;
import java.util.List;

/** The half of {@link EmbeddedComfy} that makes trouble on request. Paths are given without base path and {@code /api}. */
abstract class Troublemaker {
    final Pauses pauses;
    final Faults faults;

    Troublemaker(Pauses pauses) {
        this.pauses = pauses;
        faults = new Faults(pauses);
    }

    /** From now on frames are lost; prompts run on, HTTP answers, sockets stay open. */
    public void loseFrames() {
        faults.frames(Faults.Frames.LOST);
    }

    /** From now on each frame comes twice. */
    public void repeatFrames() {
        faults.frames(Faults.Frames.TWICE);
    }

    /** From now on frames come four at a time, the last one first; fewer when no more come for 100 ms of server time. */
    public void disorderFrames() {
        faults.frames(Faults.Frames.DISORDERED);
    }

    /**
     * Makes frames come late, in their order; HTTP answers at once, so history may know of an end long before the socket.
     * New sockets are greeted at once.
     *
     * @param by how much, on the server's clock
     */
    public void framesComeLate(Duration by) {
        faults.frameDelay(by);
    }

    /** From now on nothing moves: no frames, no progress, no results. HTTP answers and sockets stay open. */
    public void fallSilent() {
        faults.frames(Faults.Frames.LOST);
        faults.halted(true);
    }

    /** The worker stands still between two steps until {@link #recover}; frames are not lost. An interrupt gets through. */
    public void standStill() {
        faults.halted(true);
    }

    /**
     * Refuses every prompt with status 400.
     *
     * @param type the error's type, such as {@code invalid_prompt}
     * @param message its message
     */
    public void refusePrompts(String type, String message) {
        refusePrompts(JsonObject.of(
                "error",
                JsonObject.of("type", type, "message", message, "details", "", "extra_info", JsonObject.empty()),
                "node_errors",
                JsonObject.empty()));
    }

    /**
     * Refuses every prompt with status 400.
     *
     * @param body the whole answer
     */
    public void refusePrompts(JsonObject body) {
        faults.refuse(body);
    }

    /**
     * Takes every prompt and says all the same that a node of it is wrong, as ComfyUI does when only some of the outputs
     * can be made.
     *
     * @param node the id of the node
     * @param classType its class
     */
    public void refusePartly(String node, String classType) {
        faults.refusePart(JsonObject.of(
                node,
                JsonObject.of(
                        "errors",
                        List.of(JsonObject.of(
                                "type",
                                "required_input_missing",
                                "message",
                                "Required input is missing",
                                "details",
                                "images",
                                "extra_info",
                                JsonObject.of("input_name", "images"))),
                        "dependent_outputs",
                        List.of(node),
                        "class_type",
                        classType)));
    }

    /**
     * Runs every prompt first for somebody else, so that all of it is cached when its own turn comes: no node is worked
     * on, no file is written, and the files told of are those of the first run, which counts as a prompt that ended.
     */
    public void rehearsePrompts() {
        faults.rehearse(true);
    }

    /**
     * Makes a node fail when it runs.
     *
     * @param classOrId a node class, or the id of one node
     * @param exceptionType as Python names it, such as {@code RuntimeError}
     * @param message the exception's text
     */
    public void failNode(String classOrId, String exceptionType, String message) {
        faults.failNode(classOrId, new NodeFault(exceptionType, message));
    }

    /**
     * Makes a node run out of graphics memory.
     *
     * @param classOrId a node class, or the id of one node
     */
    public void runOutOfMemory(String classOrId) {
        failNode(
                classOrId,
                "torch.OutOfMemoryError",
                "Allocation on device 0 would exceed allowed memory. (out of memory)");
    }

    /**
     * Makes sampler steps take time. An interrupt ends a step early.
     *
     * @param each the time of one step, on the server's clock
     */
    public void stepsTake(Duration each) {
        faults.stepDelay(each);
    }

    /**
     * Makes each sampler take a while in all, spread evenly over its steps; what the machine needs for drawing counts in.
     *
     * @param each the time of one sampler, on the server's clock
     */
    public void samplersTake(Duration each) {
        faults.pace(new Pace(each, faults.pace().model(), faults.pace().lora()));
    }

    /**
     * Makes loading take time. The server holds one main model, the last one used, and the LoRAs of the last prompt; what
     * it holds costs nothing, and what it must load holds the prompt up.
     *
     * @param model a checkpoint or diffusion model that is not held, on the server's clock
     * @param lora each LoRA that is not held
     */
    public void loadsTake(Duration model, Duration lora) {
        faults.pace(new Pace(faults.pace().sampling(), model, lora));
    }

    /**
     * Makes history come later than {@code execution_success}.
     *
     * @param by how much, on the server's clock
     */
    public void historyComesLate(Duration by) {
        faults.historyDelay(by);
    }

    /**
     * Gives no answer to requests until {@link #recover} or {@link EmbeddedComfy#close}.
     *
     * @param path how their path begins, without {@code /api}, such as {@code /view}; {@code /} for all
     */
    public void hang(String path) {
        faults.addRoute(new RouteFault(path, Kind.HANG, 0, "", "", Duration.ZERO));
    }

    /**
     * Ends connections instead of answering.
     *
     * @param path how the path begins, without {@code /api}
     */
    public void closeConnections(String path) {
        faults.addRoute(new RouteFault(path, Kind.CLOSE, 0, "", "", Duration.ZERO));
    }

    /**
     * Answers with a status, as a server in trouble does.
     *
     * @param path how the path begins, without {@code /api}
     * @param status such as 500 or 503
     */
    public void answerStatus(String path, int status) {
        faults.addRoute(new RouteFault(
                path, Kind.ANSWER, status, "text/plain; charset=utf-8", status + " from the server", Duration.ZERO));
    }

    /**
     * Answers with status 200 and JSON that is not ComfyUI's, as another service does.
     *
     * @param path how the path begins, without {@code /api}
     * @param body the whole answer
     */
    public void answer(String path, JsonObject body) {
        faults.addRoute(new RouteFault(
                path, Kind.ANSWER, 200, "application/json; charset=utf-8", body.toString(), Duration.ZERO));
    }

    /**
     * Answers with a web page and status 200, as a proxy's log-in page does.
     *
     * @param path how the path begins, without {@code /api}
     */
    public void answerHtml(String path) {
        faults.addRoute(new RouteFault(
                path,
                Kind.ANSWER,
                200,
                "text/html; charset=utf-8",
                "<!doctype html><title>Sign in</title><p>Please sign in.</p>",
                Duration.ZERO));
    }

    /**
     * Sends answers in sixteen pieces.
     *
     * @param path how the path begins, without {@code /api}
     * @param between the wait in front of each piece, on the server's clock
     */
    public void answerSlowly(String path, Duration between) {
        faults.addRoute(new RouteFault(path, Kind.SLOW, 0, "", "", between));
    }

    /**
     * Ends connections in the middle of an answer's body.
     *
     * @param path how the path begins, without {@code /api}, such as {@code /view}
     */
    public void cutAnswers(String path) {
        faults.addRoute(new RouteFault(path, Kind.CUT, 0, "", "", Duration.ZERO));
    }

    /** Sends the first half of every image as if it were the whole. */
    public void truncateImages() {
        faults.cutImages(true);
    }

    /** Takes back all trouble, but for what a {@link EmbeddedComfy#restart} forgot and {@link EmbeddedComfy#killWorker} ended. */
    public void recover() {
        faults.heal();
        pauses.wake();
    }
}
