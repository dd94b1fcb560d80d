package io.imagegate.examples.frameworks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of JAVA.md compile, and print what the page says, in a folder with the files of the page. */
class GuideTest {

    private static final String END = "-- end of ";

    @TempDir
    private Path folder;

    /** Runs one program after the other in this folder; a JVM for each would take seconds. */
    public static final class Runner {

        private Runner() {}

        /**
         * Runs programs.
         *
         * @param programs the names of their classes
         */
        public static void main(String[] programs) throws Exception {
            for (String program : programs) {
                Class.forName(program).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
                System.out.println(END + program);
            }
        }
    }

    @Tag("slow")
    @Test
    @DisplayName("JAVA.md")
    void programsPrintWhatThePageSays() throws Exception {
        Guide guide = Guide.read(Path.of("../../policy-core/JAVA.md"));
        assertThat(guide.programs()).hasSizeGreaterThan(10);
        assertThat(guide.printed().keySet())
                .containsExactlyElementsOf(guide.programs().keySet());
        try (SignedRegistry registry = new SignedRegistry()) {
            String port = "localhost:" + registry.port();
            Files.writeString(folder.resolve("cosign.pub"), registry.publicKey());
            for (Map.Entry<String, String> file : guide.files().entrySet()) {
                write(file.getKey(), file.getValue().replace("localhost:5000", port));
            }
            List<Path> sources = new ArrayList<>();
            for (Map.Entry<String, String> program : guide.programs().entrySet()) {
                sources.add(write(
                        "src/" + program.getKey() + ".java", program.getValue().replace("localhost:5000", port)));
            }
            compile(sources);
            Map<String, String> expected = new LinkedHashMap<>(guide.printed());
            expected.replaceAll((program, text) -> text.replace("localhost:5000", port));
            assertThat(run(List.copyOf(guide.programs().keySet()))).isEqualTo(expected);
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private void compile(List<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-Xlint:all,-classfile",
                "-Werror",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        sources.forEach(source -> arguments.add(source.toString()));
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private Map<String, String> run(List<String> programs) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                folder + File.pathSeparator + absolute(System.getProperty("java.class.path")),
                Runner.class.getName()));
        command.addAll(programs);
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(printed + Files.readString(errors)).isZero();
            return byProgram(printed);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> byProgram(String printed) {
        Map<String, String> byProgram = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (String line : printed.split("\n", -1)) {
            if (line.startsWith(END)) {
                byProgram.put(line.substring(END.length()), text.toString());
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        return byProgram;
    }

    private static String absolute(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split(File.pathSeparator, -1)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, parts);
    }
}
