package dev.gaze.core.job;

import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What helps against failures that are well known (I85). A fix that is already there is left alone. */
final class Advice {
    private record Known(Pattern failure, String fix) {
        static Known of(String failure, String fix) {
            return new Known(Pattern.compile(failure, Pattern.CASE_INSENSITIVE), fix);
        }
    }

    private static final List<Known> KNOWN = List.of(
            Known.of(
                    "out of memory|OutOfMemory|CUDA error: out of|not enough memory",
                    "ask for a smaller size, or start ComfyUI with --lowvram so that it works in slices"),
            Known.of(
                    "shapes cannot be multiplied|size mismatch|must match the size of tensor|dimension mismatch",
                    "a LoRA is probably made for another base model than the checkpoint: leave LoRAs out one by one,"
                            + " or choose another checkpoint"),
            Known.of(
                    "No module named '?peft|PEFT backend is required",
                    "install the Python package 'peft' where ComfyUI runs, then restart it"),
            Known.of("No space left on device|disk full", "free space on the server's disk"),
            Known.of(
                    "No such file or directory|FileNotFoundError",
                    "look whether the server still has the model files the workflow names"));

    private Advice() {}

    /** A failure while a workflow ran, with what is known to help. */
    static Problem failed(Problem problem) {
        if (problem.fix() != null) {
            return problem;
        }
        Optional<String> fix = KNOWN.stream()
                .filter(known -> known.failure.matcher(problem.what()).find())
                .map(Known::fix)
                .findFirst();
        return problem.fix(fix.orElse("submit the request again; look at the server's log when it fails again"));
    }

    /** A server that does not answer. */
    static Problem away(Problem problem) {
        return problem.fix() != null
                ? problem
                : problem.fix(
                        "start ComfyUI there, name another server in gaze.json or GAZE_COMFY_URL, or open the library"
                                + " with Gaze.builder().embedded() to use the sketch server");
    }
}
