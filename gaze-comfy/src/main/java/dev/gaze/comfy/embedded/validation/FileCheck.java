package dev.gaze.comfy.embedded.validation;

/** Whether an image named by a graph is there: {@code x.png}, {@code sub/x.png}, {@code x.png [output]}. */
@FunctionalInterface
public interface FileCheck {
    /** Whether the file exists. */
    boolean exists(String annotatedName);
}
