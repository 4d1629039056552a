package dev.gaze.core.ledger;

/** The {@link Chronicle} could not write; nothing of its transaction is. */
final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1;

    Untold(RuntimeException why) {
        super(why);
    }
}
