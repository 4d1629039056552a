package dev.gaze.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JobValuesTest {

    @ParameterizedTest
    @CsvSource({"1", "150"})
    @Tag("I81")
    void steps_may_be_as_few_and_as_many_as_is_said(int steps) {
        assertThat(GenerationRequest.mix().steps(steps).settings().steps()).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "151"})
    @Tag("I81")
    void steps_outside_their_range_are_refused_with_the_range(int steps) {
        assertThatThrownBy(() -> GenerationRequest.mix().steps(steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Steps must be between 1 and 150, got " + steps);
    }

    @ParameterizedTest
    @CsvSource({"63,64", "64,63", "2049,64", "64,2056", "68,64", "0,0", "-8,64"})
    @Tag("I81")
    void a_size_outside_its_range_or_off_the_grid_is_refused(int width, int height) {
        assertThatThrownBy(() -> GenerationRequest.mix().size(width, height))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"64,64", "2048,2048", "1024,72"})
    @Tag("I81")
    void a_size_may_reach_the_ends_of_its_range(int width, int height) {
        assertThatCode(() -> GenerationRequest.mix().size(width, height)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"-0.1", "30.1", "NaN", "Infinity"})
    @Tag("I81")
    void a_cfg_outside_its_range_is_refused_with_the_range(double cfg) {
        assertThatThrownBy(() -> GenerationRequest.mix().cfg(cfg))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 0 and 30");
    }

    @Test
    void names_of_samplers_and_schedulers_are_the_server_s_own_and_pass_through() {
        GenerationRequest.Settings settings =
                GenerationRequest.mix().sampler("res_multistep", "kl_optimal").settings();

        assertThat(settings.sampler()).isEqualTo("res_multistep");
        assertThat(settings.scheduler()).isEqualTo("kl_optimal");
    }

    @Test
    @Tag("G106")
    void nobody_outside_can_say_that_a_job_has_ended_only_ask_to_stop_it() {
        List<String> told = Stream.of(Job.class, Jobs.class, Batch.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> Arrays.stream(method.getParameterTypes())
                        .anyMatch(type -> type == JobState.class
                                || type == JobResult.class
                                || JobEvent.class.isAssignableFrom(type)))
                .map(Method::getName)
                .toList();

        assertThat(told).isEmpty();
    }
}
