package dev.gaze.comfy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddedComfyTest {
    @Test
    void it_listens_on_the_loopback_address_and_stops_when_closed() {
        EmbeddedComfy comfy = EmbeddedComfy.start();
        assertThat(comfy.address().getHost()).isEqualTo("127.0.0.1");
        comfy.close();
    }
}
