package dev.gaze.llm;

import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.testkit.GazePluginContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LlmPluginTest extends GazePluginContract {
    @Override
    protected GazePlugin plugin() {
        return new LlmPlugin();
    }
}
