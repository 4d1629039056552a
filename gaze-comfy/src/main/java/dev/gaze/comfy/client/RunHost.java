package dev.gaze.comfy.client;

/** Whom a run asks for what it cannot do itself. */
interface RunHost {

    /** Asks the judge about this run now. */
    void judge(ComfyRun run);

    /** Takes the prompt from the server, wherever it is there. */
    void stop(ComfyRun run);

    /** Told once, at the end. */
    void ended(ComfyRun run);

    /** Fetches a file. */
    byte[] read(OutputFile file);

    /** The address, for messages. */
    String server();
}
