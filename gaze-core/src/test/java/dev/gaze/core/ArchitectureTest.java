package dev.gaze.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The arrows of the engine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gaze.core");

    @Test
    void the_engine_knows_neither_comfyui_nor_language_models() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.gaze.comfy..", "dev.gaze.llm..")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_circles() {
        slices().matching("dev.gaze.core.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void our_own_categories_are_written_with_public_api_only() {
        classes()
                .that()
                .resideInAPackage("dev.gaze.core.builtin..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.gaze.core.builtin..", "dev.gaze.api..", "java..", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void nobody_prints_or_serializes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(ObjectInputStream|ObjectOutputStream|PrintStream)")
                .check(CLASSES);
    }
}
