package dev.gaze.example.poses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.Field;
import dev.gaze.api.plan.LoraSlot;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.plugin.Position;
import dev.gaze.testkit.GazePluginContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PosesPluginTest extends GazePluginContract {
    @Override
    protected GazePlugin plugin() {
        return new PosesPlugin();
    }

    @Test
    @Tag("G150")
    void a_pose_has_its_words_behind_the_action() {
        Category pose = (Category) plugin().extensions().get(0);

        assertThat(pose.folder()).isEqualTo("poses");
        assertThat(pose.idKey()).isEqualTo("pose_id");
        assertThat(pose.sections()).singleElement().satisfies(section -> {
            assertThat(section.position()).isEqualTo(Position.after("action"));
            assertThat(section.fields()).extracting(Field::key).containsExactly("full_body", "arms", "hands");
        });
    }

    @Test
    @Tag("G150")
    void a_pose_has_a_lora_slot_behind_that_of_the_action() {
        LoraSlot slot = (LoraSlot) plugin().extensions().get(1);

        assertThat(slot.position()).isEqualTo(Position.after("action"));
        assertThat(slot.categories()).containsExactly("pose");
    }
}
