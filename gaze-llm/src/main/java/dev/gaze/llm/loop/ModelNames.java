package dev.gaze.llm.loop;

import dev.gaze.api.chat.ChatError;
import dev.gaze.api.chat.ChatException;
import dev.gaze.api.chat.ChatSettings;
import dev.gaze.api.problem.NearestNames;
import dev.gaze.api.problem.Problem;
import dev.gaze.api.time.Time;
import dev.gaze.llm.client.Cancellation;
import dev.gaze.llm.client.ModelServer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which models a server has. A model that somebody typed must be one of them (P75), so the list is remembered for a
 * while; a server that does not tell it decides itself. Safe for use by several threads.
 */
final class ModelNames {
    private static final System.Logger LOG = System.getLogger(ModelNames.class.getName());
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private record Listed(List<String> names, Instant at) {}

    private final ChatSettings settings;
    private final ModelServer server;
    private final Time time;
    private volatile Listed listed = new Listed(List.of(), Instant.EPOCH);

    ModelNames(ChatSettings settings, ModelServer server, Time time) {
        this.settings = settings;
        this.server = server;
        this.time = time;
    }

    /** The names as the server tells them now. */
    List<String> fresh(Cancellation cancellation) {
        List<String> names = List.copyOf(server.models(cancellation));
        listed = new Listed(names, time.now());
        return names;
    }

    /** Throws when the server is known to have no such model. */
    void require(String model, Cancellation cancellation) {
        if (model.equals(settings.model()) || among(model, listed.names)) {
            return;
        }
        if (listed.at.plus(REMEMBERED).isBefore(time.now())) {
            try {
                fresh(cancellation);
            } catch (ChatException untold) {
                cancellation.check();
                LOG.log(
                        Level.DEBUG,
                        () -> "Models of %s are not known: %s".formatted(settings.place(), untold.error()));
                return;
            }
        }
        List<String> names = listed.names;
        if (!names.isEmpty() && !among(model, names)) {
            throw new ChatException(
                    ChatError.MODEL_NOT_FOUND,
                    Problem.of("The server has no model '%s'".formatted(model))
                            .at(settings.place())
                            .fix(NearestNames.fix(model, names, "models")));
        }
    }

    /** Ollama takes a name without its tag for the latest one. */
    private static boolean among(String model, List<String> names) {
        return names.contains(model) || names.contains(model + ":latest");
    }
}
