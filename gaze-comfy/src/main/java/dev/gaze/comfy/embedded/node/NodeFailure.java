package dev.gaze.comfy.embedded.node;

/** A node failed while running: {@code execution_error}. */
public final class NodeFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private final String type;

    /**
     * A failure.
     *
     * @param type the exception's name as Python gives it
     * @param message its text; ComfyUI ends it with a line feed
     */
    public NodeFailure(String type, String message) {
        super(message.endsWith("\n") ? message : message + "\n", null, false, false);
        this.type = type;
    }

    /** The exception's name. */
    public String type() {
        return type;
    }
}
