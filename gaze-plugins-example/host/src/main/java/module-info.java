/** A command line application that embeds GAZE. */
module dev.gaze.example {
    requires dev.gaze.api;
    requires dev.gaze.llm;
    requires static org.jspecify;
    requires info.picocli;
    requires me.tongfei.progressbar;

    // picocli reads the annotations of commands
    opens dev.gaze.example.command to
            info.picocli;
}
