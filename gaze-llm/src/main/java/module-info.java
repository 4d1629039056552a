/** Language models, their tools and the tag catalogue. An empty room for now: it exports nothing yet. */
module dev.gaze.llm {
    requires dev.gaze.api;
}
