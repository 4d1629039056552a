package dev.gaze.api.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ServerSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://mira:hunter%402@gpu:8188/base", "http://mira:hunter@2@my_comfy:8188/base"})
    void credentials_are_taken_out_of_the_address(String address) {
        ServerSettings settings = ServerSettings.of(URI.create(address));

        assertThat(settings.user()).isEqualTo("mira");
        assertThat(settings.secret()).isEqualTo("hunter@2");
        assertThat(settings.address()).hasNoUserInfo().hasPath("/base");
        assertThat(settings.name()).isEqualTo(settings.address().toString()).doesNotContain("@", "hunter");
        assertThat(settings.toString()).doesNotContain("hunter").contains("with credentials");
    }

    @Test
    void an_address_without_credentials_stays_as_it_is() {
        assertThat(ServerSettings.of(ServerSettings.DEFAULT_ADDRESS).name()).isEqualTo("http://127.0.0.1:8188");
        assertThat(ServerSettings.of(ServerSettings.EMBEDDED).secret()).isNull();
    }

    @ParameterizedTest(name = "connect {0}, answer {1}, queued {2}, running {3}, silence {4}, {5} bytes")
    @CsvSource({
        "PT0S, PT1S, PT0S, PT0S, PT1S, 1",
        "PT1S, PT-1S, PT0S, PT0S, PT1S, 1",
        "PT1S, PT1S, PT-1S, PT0S, PT1S, 1",
        "PT1S, PT1S, PT0S, PT-1S, PT1S, 1",
        "PT1S, PT1S, PT0S, PT0S, PT0S, 1",
        "PT1S, PT1S, PT0S, PT0S, PT1S, 0"
    })
    void limits_out_of_their_range_are_refused(
            Duration connect, Duration answer, Duration queued, Duration running, Duration silence, long bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerSettings.Limits(connect, answer, queued, running, silence, bytes))
                .withMessageStartingWith("Limits of a server are");
    }

    @Test
    void limits_may_reach_the_ends_of_their_range() {
        Duration least = Duration.ofNanos(1);

        assertThat(new ServerSettings.Limits(least, least, Duration.ZERO, Duration.ZERO, least, 1).queued())
                .isZero();
    }
}
