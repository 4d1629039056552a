package dev.gaze.core.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaze.api.problem.GazeException;
import dev.gaze.api.problem.GazeException.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is expected of a call that GAZE refuses. */
record Refusal(GazeException exception) {

    static Refusal of(ThrowingCallable call) {
        GazeException thrown = catchThrowableOfType(GazeException.class, call);
        assertThat(thrown).as("a refusal").isNotNull();
        return new Refusal(thrown);
    }

    Refusal isOfKind(Kind kind) {
        assertThat(exception.kind()).as(exception.getMessage()).isEqualTo(kind);
        return this;
    }

    Refusal isInvalid() {
        return isOfKind(Kind.INVALID);
    }

    Refusal isMissing() {
        return isOfKind(Kind.NOT_FOUND);
    }

    Refusal isConflict() {
        return isOfKind(Kind.CONFLICT);
    }

    Refusal isRefused() {
        return isOfKind(Kind.REFUSED);
    }

    Refusal says(String text) {
        assertThat(exception).hasMessageContaining(text);
        return this;
    }
}
