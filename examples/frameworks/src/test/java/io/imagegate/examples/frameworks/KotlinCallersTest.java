package io.imagegate.examples.frameworks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kotlin knows from the annotations of JSpecify what may be null. The compiler is there in {@code -Pfull} alone. */
@Tag("full")
class KotlinCallersTest {

    private static final Pattern PROGRAM = Pattern.compile("```kotlin\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);
    private static final String COMPILER = "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler";

    @TempDir
    private Path folder;

    @BeforeEach
    void findCompiler() {
        String file = COMPILER.replace('.', '/') + ".class";
        assumeTrue(KotlinCallersTest.class.getClassLoader().getResource(file) != null, "the compiler of Kotlin");
    }

    @Test
    @DisplayName("the program of JAVA.md compiles, and prints what the page says")
    void page() throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("../../policy-core/JAVA.md")));
        assertThat(program.find()).isTrue();
        assertThat(compile(program.group(1))).doesNotContain("error:");
        assertThat(java(List.of("-cp", folder + File.pathSeparator + classPath(), "ProgramKt")))
                .isEqualTo(program.group(2));
    }

    @Test
    @DisplayName("null where none may be is a mistake")
    void nulls() throws Exception {
        String errors = compile("""
                import io.imagegate.policy.Policy
                import io.imagegate.review.ImageReview

                fun nulls() {
                    Policy.builder(null)
                    val image: String? = System.getProperty("image")
                    ImageReview.of(image)
                }
                """);
        assertThat(errors.lines().filter(line -> line.contains("error:")))
                .hasSize(2)
                .anyMatch(line -> line.contains(":5:") && line.contains("null cannot be a value of a non-null type"))
                .anyMatch(line -> line.contains(":7:") && line.contains("'String?'"));
    }

    private String compile(String program) throws IOException {
        Path source = Files.writeString(folder.resolve("Program.kt"), program);
        return java(List.of(
                "-Xmx512m",
                "-cp",
                classPath(),
                COMPILER,
                "-no-stdlib",
                "-no-reflect",
                "-classpath",
                classPath(),
                "-d",
                folder.toString(),
                source.toString()));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static String java(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
