/** Adds the asset category 'pose'. */
module dev.gaze.example.poses {
    requires dev.gaze.api;

    provides dev.gaze.api.plugin.GazePlugin with
            dev.gaze.example.poses.PosesPlugin;
}
