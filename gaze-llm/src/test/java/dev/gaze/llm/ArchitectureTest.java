package dev.gaze.llm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The arrows of everything that speaks with language models. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gaze.llm");

    @Test
    void it_knows_neither_the_engine_nor_comfyui() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.gaze.core..", "dev.gaze.comfy..")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_circles() {
        slices().matching("dev.gaze.llm.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobody_prints_or_serializes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(ObjectInputStream|ObjectOutputStream|PrintStream)")
                .check(CLASSES);
    }

    @Test
    void nobody_asks_for_environment_variables() {
        noClasses()
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .check(CLASSES);
    }
}
