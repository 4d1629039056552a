package dev.gaze.example.command;

import picocli.CommandLine.TypeConversionException;

/** A value of the command line that is not accepted, with what helps; without one, {@code --help} is named. */
final class Misread extends TypeConversionException {
    private static final long serialVersionUID = 1L;

    private final String fix;

    Misread(String what, String fix) {
        super(what);
        this.fix = fix;
    }

    String fix() {
        return fix;
    }
}
