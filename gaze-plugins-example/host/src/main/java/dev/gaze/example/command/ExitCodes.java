package dev.gaze.example.command;

import dev.gaze.api.problem.GazeException;

/** What the shell is told: 0 is good, 1 is our fault, 2 is a wrong command, and every kind of refusal has its own. */
final class ExitCodes {
    static final int UNEXPECTED = 1;
    static final int USAGE = 2;

    static final String[] HELP = {
        "0:done",
        "1:a bug in the host or in GAZE",
        "2:wrong options",
        "3:wrong request, file or setting",
        "4:something named does not exist",
        "5:somebody else changed or holds it",
        "6:the content is not allowed",
        "7:a server or disk is away; try again later",
        "8:the work was tried and did not succeed",
        "9:cancelled",
        "10:the time given was not enough"
    };

    private ExitCodes() {}

    static int of(GazeException.Kind kind) {
        return switch (kind) {
            case INVALID -> 3;
            case NOT_FOUND -> 4;
            case CONFLICT -> 5;
            case REFUSED -> 6;
            case UNAVAILABLE -> 7;
            case FAILED -> 8;
            case CANCELLED -> 9;
            case TIMEOUT -> 10;
        };
    }
}
