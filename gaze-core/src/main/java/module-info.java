/** The engine. It has no door of its own: {@code dev.gaze.api.Gaze.open} finds it. */
module dev.gaze.core {
    requires dev.gaze.api;
    requires static org.jspecify;
    requires tools.jackson.core;
    requires org.snakeyaml.engine;
    requires com.github.benmanes.caffeine;
    requires com.h2database;
    requires com.zaxxer.hikari;
    requires org.jdbi.v3.core;
    // Jdbi is an automatic module and cannot ask for what it needs itself.
    requires io.leangen.geantyref;
    requires flyway.core;
    // Only there when somebody's jobs are on a server.
    requires static org.postgresql.jdbc;
    requires com.github.kagkarlsson.scheduler;
    // It throws and logs through these, and as an automatic module cannot ask for them itself.
    requires org.slf4j;
    requires net.coobird.thumbnailator;
    requires java.desktop;
    requires java.sql;

    uses dev.gaze.api.plugin.GazePlugin;

    provides dev.gaze.api.engine.GazeEngine with
            dev.gaze.core.engine.DefaultGazeEngine;
    provides dev.gaze.api.json.JsonFormat with
            dev.gaze.core.json.JacksonFormat;
}
