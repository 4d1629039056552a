package dev.gaze.api.chat;

import dev.gaze.api.problem.GazeException;

/**
 * What can go wrong between GAZE and a language model: a closed list, the same for plain calls and streams (P35, P46).
 * An application that answers over HTTP uses {@link #type} and {@link #status}, which are those of P58.
 */
public enum ChatError {
    /** Nobody listens at the address, its name is unknown, or the connection broke before an answer began. */
    CANNOT_CONNECT("connection_error", 503, GazeException.Kind.UNAVAILABLE),
    /** The server was silent for too long, or the whole answer took too long (P45). */
    TIMEOUT("timeout_error", 504, GazeException.Kind.TIMEOUT),
    /** The server has no such model. */
    MODEL_NOT_FOUND("model_not_found", 404, GazeException.Kind.NOT_FOUND),
    /**
     * The server refused: a wrong key, no credit, a request it does not take, an error of its own. An error that comes
     * under status 200 counts by the code within it, as if that were the status.
     */
    REFUSED("api_error", 502, GazeException.Kind.INVALID),
    /** Too many requests, or the server is overloaded; it was asked again in vain. */
    RATE_LIMITED("api_error", 502, GazeException.Kind.UNAVAILABLE),
    /** What came is no answer: not JSON, without text, cut short, too large, or with more than 128 calls of tools. */
    BAD_ANSWER("api_error", 502, GazeException.Kind.FAILED),
    /** The model or server takes no tools, and the request cannot do without. */
    TOOLS_NOT_SUPPORTED("api_error", 502, GazeException.Kind.FAILED),
    /** Somebody cancelled the call, or closed the {@link Llm}. */
    CANCELLED("cancelled", 500, GazeException.Kind.CANCELLED),
    /** The request cannot be sent as it is: no message, no model, a tool named twice. */
    BAD_REQUEST("validation_error", 400, GazeException.Kind.INVALID),
    /** A fault of GAZE, a plugin or a listener. */
    UNEXPECTED("internal_error", 500, GazeException.Kind.FAILED);

    private final String type;
    private final int status;
    private final GazeException.Kind kind;

    ChatError(String type, int status, GazeException.Kind kind) {
        this.type = type;
        this.status = status;
        this.kind = kind;
    }

    /**
     * The name of this error in answers over HTTP (P59), such as {@code connection_error}.
     *
     * @return lower case with underscores; several errors may share one
     */
    public String type() {
        return type;
    }

    /**
     * The HTTP status an application answers with (P58).
     *
     * @return 400, 404, 500, 502, 503 or 504
     */
    public int status() {
        return status;
    }

    /**
     * The sort of refusal this is in GAZE's own terms.
     *
     * @return the kind that a {@link ChatException} of this error carries, unless more is known: a server with an error
     *     of its own is {@code UNAVAILABLE}
     */
    public GazeException.Kind kind() {
        return kind;
    }
}
