package dev.gaze.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.gaze.api.asset.Category;
import dev.gaze.api.asset.ModelFile;
import dev.gaze.api.plan.CheckpointSettings;
import dev.gaze.api.plugin.GazePlugin;
import dev.gaze.api.prompt.Subject;
import dev.gaze.testkit.GazePluginContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stranger.EightCategories;

/** Whatever our own categories can do, a stranger's can: all eight are built outside of the engine and come out alike. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EightCategoriesTest extends GazePluginContract {
    private static final Installed OURS = PluginLoader.load(List.of(), Set.of(), false);
    private static final Installed THEIRS =
            PluginLoader.load(List.of(new EightCategories()), Set.of("gaze.builtin"), false);

    @Override
    protected GazePlugin plugin() {
        return new EightCategories();
    }

    @Override
    protected boolean isDiscoverable() {
        return false;
    }

    @Test
    @Tag("G150")
    void they_are_built_with_gaze_api_alone() {
        ArchRuleDefinition.classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("stranger", "dev.gaze.api..", "java..")
                .check(new ClassFileImporter().importPackages("stranger"));
    }

    @Test
    @Tag("G5")
    @Tag("G150")
    void blocks_and_slots_are_the_same_in_the_same_order() {
        assertThat(THEIRS.blocks()).hasSize(11).isEqualTo(OURS.blocks());
        assertThat(THEIRS.slots()).hasSize(4).isEqualTo(OURS.slots());
        assertThat(THEIRS.categories())
                .extracting(Category::id)
                .containsExactlyElementsOf(
                        OURS.categories().stream().map(Category::id).toList());
    }

    @ParameterizedTest
    @MethodSource("ours")
    @Tag("G60")
    @Tag("G63")
    @Tag("G64")
    @Tag("G65")
    @Tag("G66")
    @Tag("G71")
    @Tag("G72")
    @Tag("G73")
    @Tag("G74")
    @Tag("G75")
    @Tag("G76")
    @Tag("G77")
    @Tag("G141")
    void a_category_is_the_same_whoever_declares_it(Category ours) {
        Category theirs = THEIRS.category(ours.id()).orElseThrow();

        assertThat(theirs.folder()).isEqualTo(ours.folder());
        assertThat(theirs.idKey()).isEqualTo(ours.idKey());
        assertThat(theirs.sections()).isEqualTo(ours.sections());
        assertThat(theirs.loraWeight()).isEqualTo(ours.loraWeight());
        assertThat(theirs.isSingle()).isEqualTo(ours.isSingle());
        assertThat(theirs.hasPlainBackground()).isEqualTo(ours.hasPlainBackground());
        assertThat(theirs.insteadOf()).isEqualTo(ours.insteadOf());
        assertThat(theirs.slug("a.b")).isEqualTo(ours.slug("a.b"));
        assertThat(theirs.reads(Subject.class)).isEqualTo(ours.reads(Subject.class));
        assertThat(theirs.reads(CheckpointSettings.class)).isEqualTo(ours.reads(CheckpointSettings.class));
        assertThat(theirs.model())
                .usingRecursiveComparison()
                .ignoringFields("withoutJson")
                .isEqualTo(ours.model());
        assertThat(theirs.model().withoutJson() == null).isEqualTo(hasNone(ours.model()));
    }

    static List<Category> ours() {
        return OURS.categories();
    }

    private static boolean hasNone(ModelFile model) {
        return model.withoutJson() == null;
    }
}
