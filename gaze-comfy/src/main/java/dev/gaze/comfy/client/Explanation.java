package dev.gaze.comfy.client;

import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.comfy.client.ComfyError.InputProblem;
import dev.gaze.comfy.client.ComfyError.NodeFailed;
import dev.gaze.comfy.client.ComfyError.NodeProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Says in words what a {@link ComfyError} means, where it happened, and what helps. */
final class Explanation {
    static final String START_OR_CONFIGURE =
            "start ComfyUI there, or name another server with GAZE_COMFY_URL, in gaze.json or with"
                    + " Gaze.builder().server(…); without one, builder().embedded() draws sketches";

    /** The server no longer knows a prompt. */
    static final Problem FORGOTTEN = Problem.of(
                    "The server knows nothing of the prompt any more; whether it was made cannot be told")
            .fix("ComfyUI restarted, or somebody cleared its queue and history: send it again");

    /** History says that a prompt failed, and nothing else. */
    static final Problem UNEXPLAINED =
            Problem.of("The server says that the prompt failed, and not why").fix("the log of ComfyUI says more");

    private Explanation() {}

    /** Prompts wait while none runs. */
    static Problem deadWorker(Duration since) {
        return Problem.of("Prompts wait and none runs for %d s: the server's worker has stopped"
                        .formatted(since.toSeconds()))
                .fix("restart ComfyUI; it answers requests, but will run nothing until then");
    }

    static Problem waitedTooLong(Duration limit) {
        return Problem.of("The prompt waited longer than %d s in the server's queue".formatted(limit.toSeconds()))
                .fix("raise queuedSeconds in gaze.json, or let fewer prompts wait at once");
    }

    static Problem ranTooLong(Duration limit) {
        return Problem.of("The prompt ran longer than %d s".formatted(limit.toSeconds()))
                .fix("raise runningSeconds in gaze.json, or ask for a smaller size or fewer steps");
    }

    /** Nothing but failures came instead of answers, and this was the last one. */
    static Problem cannotBeAsked(Duration since, Problem last) {
        return Problem.of(
                        "The server has given no useful answer for %d s; whether the prompt was made cannot be told (%s)"
                                .formatted(since.toSeconds(), last.what()))
                .fix(last.fix());
    }

    static Kind kind(ComfyError error) {
        if (error instanceof ComfyError.Unreachable || error instanceof ComfyError.CutShort) {
            return Kind.UNAVAILABLE;
        }
        if (error instanceof ComfyError.ServerFailed failed) {
            // a gateway that finds nobody behind it, or a server that is starting
            return failed.status() >= 502 && failed.status() <= 504 ? Kind.UNAVAILABLE : Kind.FAILED;
        }
        if (error instanceof ComfyError.Refused refused) {
            return switch (refused.status()) {
                case 404 -> Kind.NOT_FOUND;
                case 408, 429 -> Kind.UNAVAILABLE;
                case 413 -> Kind.REFUSED;
                default -> Kind.INVALID;
            };
        }
        if (error instanceof ComfyError.TooLarge) {
            return Kind.REFUSED;
        }
        if (error instanceof NodeFailed || error instanceof ComfyError.NotComfy) {
            return Kind.FAILED;
        }
        return Kind.INVALID;
    }

    /** One problem for each thing that is wrong, with the server as place, and the node where there is one. */
    static List<Problem> of(ComfyError error, String server) {
        if (error instanceof ComfyError.Validation validation) {
            List<Problem> problems = new ArrayList<>();
            for (NodeProblem node : validation.nodes()) {
                String where = "node " + node.node() + " (" + node.classType() + "), " + server;
                node.inputs().forEach(input -> problems.add(input(input).at(where)));
                if (node.inputs().isEmpty()) {
                    problems.add(Problem.of("The server refuses the node and does not say why")
                            .at(where));
                }
            }
            if (validation.partly()) {
                problems.add(Problem.of("The server would have made only a part of the graph; it was taken back")
                        .at(server));
            }
            return problems;
        }
        return List.of(single(error).at(server));
    }

    private static Problem single(ComfyError error) {
        if (error instanceof ComfyError.MissingNode missing) {
            return missing.classType().isBlank()
                    ? Problem.of("Node '%s' of the graph has no class_type".formatted(missing.node()))
                            .fix("export the workflow again with Workflow > Export (API)")
                    : Problem.of("The server has no node '%s', which node '%s' of the graph needs"
                                    .formatted(missing.classType(), missing.node()))
                            .fix("install the custom node that brings it, or use a workflow without it");
        }
        if (error instanceof ComfyError.NoOutputs) {
            return Problem.of("The graph has no output node").fix("add a node that saves, such as SaveImage");
        }
        if (error instanceof ComfyError.Cycle cycle) {
            return Problem.of(
                            cycle.nodes().isEmpty()
                                    ? "The server found nothing wrong with any node and still refused the graph, as it"
                                            + " does when nodes wait for one another"
                                    : "Nodes %s wait for one another".formatted(String.join(", ", cycle.nodes())))
                    .fix("break the circle of links");
        }
        if (error instanceof ComfyError.InvalidPromptId id) {
            return Problem.of("The server does not take the prompt id: " + id.details());
        }
        if (error instanceof NodeFailed failed) {
            return failed(failed);
        }
        if (error instanceof ComfyError.Unreachable unreachable) {
            return Problem.of("ComfyUI does not answer: " + unreachable.reason())
                    .fix(START_OR_CONFIGURE);
        }
        if (error instanceof ComfyError.CutShort cut) {
            return Problem.of("The answer to '%s' ended too early".formatted(cut.what()))
                    .fix("try again; if it stays, look at the server's log and at what stands between");
        }
        if (error instanceof ComfyError.Refused refused) {
            return refused(refused);
        }
        if (error instanceof ComfyError.ServerFailed failed) {
            return Problem.of("The server answered '%s' with status %d".formatted(failed.what(), failed.status()))
                    .fix("the log of ComfyUI says more");
        }
        if (error instanceof ComfyError.NotComfy other) {
            return Problem.of("The answer to '%s' is %s; expected what ComfyUI answers"
                            .formatted(other.what(), other.received()))
                    .fix("check that the address, with its base path, is ComfyUI's own, and that no login page stands"
                            + " before it");
        }
        if (error instanceof ComfyError.TooLarge large) {
            return Problem.of("The answer to '%s' is larger than the limit of %d bytes"
                            .formatted(large.what(), large.limit()))
                    .fix("raise maxImageBytes of the server's limits if this is an image you want");
        }
        ComfyError.Unknown unknown = (ComfyError.Unknown) error;
        String said = (unknown.message() + " " + unknown.details()).strip();
        return Problem.of("The server refused the graph"
                + (unknown.type().isBlank() ? "" : " (" + unknown.type() + ")")
                + (said.isBlank() ? "" : ": " + said));
    }

    private static Problem refused(ComfyError.Refused refused) {
        String what = "The server refused '%s' with status %d".formatted(refused.what(), refused.status());
        return switch (refused.status()) {
            case 401, 403 ->
                Problem.of(what).fix("check user, secret and headers of this server in gaze.json or the builder");
            case 404 -> Problem.of(what).fix("check the name; with a base path, check the address too");
            case 413 ->
                Problem.of(what + ": it is larger than the server takes")
                        .fix("send a smaller file, or start ComfyUI with a larger --max-upload-size");
            default ->
                refused.redirect() == null
                        ? Problem.of(what)
                        : Problem.of(what + "; it points to " + refused.redirect())
                                .fix("GAZE follows no redirects, so that credentials stay where they belong: give the"
                                        + " final address");
        };
    }

    /** What a failed node means. Python's exceptions have no codes, so their types, and for advice their words, must do. */
    static Problem failed(NodeFailed failed) {
        String what = "Node %s (%s) failed: %s%s"
                .formatted(
                        failed.node(),
                        failed.classType(),
                        failed.exceptionType(),
                        failed.message().isBlank() ? "" : ": " + failed.message());
        return Problem.of(what)
                .fix(
                        switch (cause(failed)) {
                            case MEMORY -> "the GPU has too little memory: ask for a smaller size or fewer LoRAs";
                            case SHAPES ->
                                "sizes inside the models do not match: a LoRA or VAE was probably made for another"
                                        + " base model";
                            case DISK -> "the server's disk is full: make room there";
                            case FILE -> "a file the node needs is missing on the server: check its model folders";
                            case OTHER -> "the log of ComfyUI says more";
                        });
    }

    /** Whether the same graph may succeed later: not when memory, disk, a file or the models themselves stand against it. */
    static boolean retryable(NodeFailed failed) {
        return cause(failed) == Cause.OTHER;
    }

    private enum Cause {
        MEMORY,
        SHAPES,
        DISK,
        FILE,
        OTHER
    }

    private static Cause cause(NodeFailed failed) {
        String type = failed.exceptionType().toLowerCase(Locale.ROOT);
        String message = failed.message().toLowerCase(Locale.ROOT);
        if (type.contains("outofmemory") || message.contains("out of memory")) {
            return Cause.MEMORY;
        }
        if (message.contains("shapes cannot be multiplied") || message.contains("size mismatch")) {
            return Cause.SHAPES;
        }
        if (message.contains("no space left")) {
            return Cause.DISK;
        }
        return type.contains("filenotfound") ? Cause.FILE : Cause.OTHER;
    }

    private static Problem input(InputProblem problem) {
        String input = problem.input().orElse("");
        String given = problem.received().map(value -> value.describe()).orElse("");
        return switch (problem.type()) {
            case "required_input_missing" -> Problem.of("Input '%s' is missing".formatted(input));
            case "value_not_in_list" ->
                Problem.of("%s is %s, which the server does not have".formatted(input, given))
                        .fix(NearestNames.fix(
                                problem.extra().text("received_value").orElse(""), problem.options(), "it has"));
            case "value_smaller_than_min" ->
                Problem.of("%s is %s; accepted from %s"
                        .formatted(input, given, problem.limit("min").orElse("its smallest value")));
            case "value_bigger_than_max" ->
                Problem.of("%s is %s; accepted up to %s"
                        .formatted(input, given, problem.limit("max").orElse("its largest value")));
            default ->
                Problem.of((input.isEmpty() ? "" : input + ": ")
                        + Stream.of(problem.message(), problem.type(), "refused")
                                .filter(words -> !words.isBlank())
                                .findFirst()
                                .get()
                        + (problem.details().isBlank() || problem.details().equals(input)
                                ? ""
                                : " (" + problem.details() + ")"));
        };
    }
}
