package dev.gaze.example.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of the README does: a Maven project with the one dependency, and the first lines of code. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutsideProjectIT {
    @TempDir
    private Path folder;

    @Test
    void the_one_dependency_and_the_first_lines_of_the_readme_make_an_image() throws Exception {
        Path repository = repository();
        Path sources = Files.createDirectories(folder.resolve("src/main/java"));
        Files.writeString(folder.resolve("pom.xml"), pom(repository));
        Files.writeString(sources.resolve("Main.java"), program());
        SampleLibrary.copyTo(folder);

        Child.run(
                        folder,
                        List.of(
                                Path.of(System.getProperty("maven.home"), "bin", "mvn")
                                        .toString(),
                                "-q",
                                "-B",
                                "-Dmaven.repo.local=" + folder.resolve("m2"),
                                "compile",
                                "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                                "-Dmdep.includeScope=runtime",
                                "-Dmdep.outputFile=cp.txt"))
                .endedWell();
        String classPath = folder.resolve("target/classes")
                + File.pathSeparator
                + Files.readString(folder.resolve("cp.txt")).strip();
        Child child = Child.run(
                        folder,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                classPath,
                                "Main"))
                .endedWell();

        assertThat(Path.of(child.lastLine())).exists().hasExtension("png");
        assertThat(child.lastLine()).contains("uploads").contains("mira_vale");
    }

    private static String program() throws IOException {
        return """
                import dev.gaze.api.Gaze;
                import dev.gaze.api.job.Job;
                import java.nio.file.Path;
                import java.time.Duration;

                public class Main {
                    public static void main(String[] arguments) {
                %s
                    }
                }
                """.formatted(Readme.block("java")
                .replace(".image().file();", ".image().file();\n    System.out.println(png);"));
    }

    /** A repository with our jars as they were packaged; everything else comes from where this build has it. */
    private Path repository() throws IOException {
        Path top = Checkout.top();
        Path repository = folder.resolve("repository/dev/gaze");
        deploy(repository, top.resolve("pom.xml"), "gaze", null);
        for (String module : List.of("gaze-api", "gaze-core", "gaze-comfy")) {
            Path home = top.resolve(module);
            deploy(repository, home.resolve("pom.xml"), module, home.resolve("target/" + module + "-0.1.0.jar"));
        }
        return folder.resolve("repository");
    }

    private static void deploy(Path repository, Path pom, String artifact, Path jar) throws IOException {
        Path target = Files.createDirectories(repository.resolve(artifact).resolve("0.1.0"));
        Files.copy(pom, target.resolve(artifact + "-0.1.0.pom"));
        if (jar != null) {
            Files.copy(jar, target.resolve(artifact + "-0.1.0.jar"));
        }
    }

    private static String pom(Path repository) throws IOException {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                    <modelVersion>4.0.0</modelVersion>
                    <groupId>stranger</groupId>
                    <artifactId>stranger</artifactId>
                    <version>1</version>
                    <properties>
                        <maven.compiler.release>17</maven.compiler.release>
                        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                    </properties>
                    <dependencies>
                %s
                    </dependencies>
                    <repositories>
                        <repository><id>packaged</id><url>%s</url></repository>
                        <repository><id>here</id><url>%s</url></repository>
                    </repositories>
                    <pluginRepositories>
                        <pluginRepository><id>here</id><url>%s</url></pluginRepository>
                    </pluginRepositories>
                    <build><plugins>
                        <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                        <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
                    </plugins></build>
                </project>
                """.formatted(Readme.block("xml"), repository.toUri(), local(), local());
    }

    private static String local() {
        return Path.of(System.getProperty("maven.repo.here")).toUri().toString();
    }
}
