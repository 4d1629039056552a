package dev.gaze.api;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The rooms of gaze-api, in the order in which they may use one another. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gaze.api");
    private static final List<String> ROOMS = List.of(
            "problem",
            "time",
            "plugin",
            "json",
            "tag",
            "chat",
            "preset",
            "asset",
            "prompt",
            "plan",
            "author",
            "template",
            "workflow",
            "backend",
            "image",
            "job",
            "history",
            "writer");

    @Test
    void the_api_knows_no_library_but_jspecify() {
        ArchRuleDefinition.classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.gaze.api..", "java..", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_circles() {
        slices().matching("dev.gaze.api.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void a_room_uses_only_rooms_above_it() {
        for (int i = 0; i < ROOMS.size(); i++) {
            List<String> below = new ArrayList<>();
            for (String room : ROOMS.subList(i + 1, ROOMS.size())) {
                below.add("dev.gaze.api." + room + "..");
            }
            below.add("dev.gaze.api.engine..");
            below.add("dev.gaze.api");
            ArchRuleDefinition.noClasses()
                    .that()
                    .resideInAPackage("dev.gaze.api." + ROOMS.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(below.toArray(String[]::new))
                    .because("rooms stand in this order: " + ROOMS)
                    .check(CLASSES);
        }
    }
}
