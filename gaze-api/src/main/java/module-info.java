/** The words everybody shares: values, events, interfaces and extension points of GAZE. */
module dev.gaze.api {
    requires static transitive org.jspecify;

    exports dev.gaze.api;
    exports dev.gaze.api.asset;
    exports dev.gaze.api.author;
    exports dev.gaze.api.backend;
    exports dev.gaze.api.chat;
    exports dev.gaze.api.history;
    exports dev.gaze.api.image;
    exports dev.gaze.api.job;
    exports dev.gaze.api.json;
    exports dev.gaze.api.plan;
    exports dev.gaze.api.plugin;
    exports dev.gaze.api.preset;
    exports dev.gaze.api.problem;
    exports dev.gaze.api.prompt;
    exports dev.gaze.api.tag;
    exports dev.gaze.api.template;
    exports dev.gaze.api.time;
    exports dev.gaze.api.workflow;
    exports dev.gaze.api.writer;
    exports dev.gaze.api.engine to
            dev.gaze.core;

    uses dev.gaze.api.engine.GazeEngine;
    uses dev.gaze.api.json.JsonFormat;
    uses dev.gaze.api.writer.WriterEngine;
}
