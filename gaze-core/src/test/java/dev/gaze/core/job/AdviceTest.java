package dev.gaze.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.problem.Problem;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("I85")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AdviceTest {

    @ParameterizedTest
    @CsvSource({
        "Allocation on device 0 would exceed allowed memory: out of memory, smaller size",
        "torch.OutOfMemoryError, smaller size",
        "mat1 and mat2 shapes cannot be multiplied (77x2048 and 768x320), another base model",
        "The size of tensor a must match the size of tensor b, another base model",
        "No module named 'peft', peft",
        "OSError: [Errno 28] No space left on device, disk",
        "Something new, submit the request again"
    })
    void well_known_failures_come_with_what_helps(String failure, String help) {
        assertThat(Advice.failed(Problem.of(failure)).fix()).contains(help);
    }

    @Test
    void advice_that_is_there_already_stays() {
        assertThat(Advice.failed(Problem.of("out of memory").fix("buy memory")).fix())
                .isEqualTo("buy memory");
    }
}
