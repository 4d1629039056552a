package dev.gaze.core.settings;

import dev.gaze.api.backend.ServerSettings;
import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import dev.gaze.api.problem.Problem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which servers to use: those of the builder, else those of {@code gaze.json}, else {@code GAZE_COMFY_URL}, else
 * ComfyUI's own address on this machine (G2).
 *
 * @param servers at least one
 * @param asked whether somebody named them; false for the default
 */
public record ServerChoice(List<ServerSettings> servers, boolean asked) {
    /** The environment variable that names a server. */
    public static final String VARIABLE = "GAZE_COMFY_URL";

    /** Copies the list. */
    public ServerChoice {
        servers = List.copyOf(servers);
    }

    /**
     * Chooses.
     *
     * @param builder the servers handed to the builder
     * @param settings what {@code gaze.json} says
     * @param environment gives environment variables by name; null for unset ones
     * @return the first of the four that names any
     * @throws GazeException {@code INVALID} when {@code GAZE_COMFY_URL} is no address
     */
    public static ServerChoice of(
            List<ServerSettings> builder, Settings settings, Function<String, @Nullable String> environment) {
        if (!builder.isEmpty()) {
            return new ServerChoice(builder, true);
        }
        if (!settings.servers().isEmpty()) {
            return new ServerChoice(settings.servers(), true);
        }
        ServerSettings.Limits limits = settings.limits().servers();
        String variable = environment.apply(VARIABLE);
        if (variable == null || variable.isBlank()) {
            return new ServerChoice(
                    List.of(ServerSettings.of(ServerSettings.DEFAULT_ADDRESS).withLimits(limits)), false);
        }
        try {
            return new ServerChoice(
                    List.of(ServerSettings.of(ServerAddress.parse(variable)).withLimits(limits)), true);
        } catch (IllegalArgumentException wrong) {
            throw new GazeException(
                    Kind.INVALID,
                    Problem.of(wrong.getMessage())
                            .at("environment variable " + VARIABLE)
                            .fix("set it to e.g. http://127.0.0.1:8188, or unset it"));
        }
    }
}
