package dev.gaze.comfy.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All rows against the embedded server, and against the server {@code GAZE_COMFY_URL} names. A real server needs the
 * checkpoint {@code Illustrious/model.safetensors} and nothing else to do meanwhile; LoRAs are taken from its own list.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class ComfyContractTest {
    @Parameter
    Supplier<Target> server;

    static List<Named<Supplier<Target>>> servers() {
        List<Named<Supplier<Target>>> servers = new ArrayList<>();
        servers.add(Named.of("EmbeddedComfy", Target::embedded));
        String real = System.getenv("GAZE_COMFY_URL");
        if (real != null && !real.isBlank()) {
            servers.add(Named.of(real, () -> Target.real(real)));
        }
        return servers;
    }

    @Nested
    class Submitting extends SubmittingRows {
        @Override
        protected Target open() {
            return server.get();
        }
    }

    @Nested
    class Numbers extends NumberRows {
        @Override
        protected Target open() {
            return server.get();
        }
    }

    @Nested
    class Endpoints extends EndpointRows {
        @Override
        protected Target open() {
            return server.get();
        }
    }

    @Nested
    class Files extends FileRows {
        @Override
        protected Target open() {
            return server.get();
        }
    }

    @Nested
    class Frames extends FrameRows {
        @Override
        protected Target open() {
            return server.get();
        }
    }

    @Nested
    class History extends HistoryRows {
        @Override
        protected Target open() {
            return server.get();
        }
    }

    @Nested
    class Audience extends AudienceRows {
        @Override
        protected Target open() {
            return server.get();
        }
    }
}
