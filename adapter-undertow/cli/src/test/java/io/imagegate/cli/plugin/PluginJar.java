package io.imagegate.cli.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.InputFactory;
import io.imagegate.rule.RuleFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Jars with classes that are not on the class path, compiled as a user does. */
public final class PluginJar {

    private static final String RULE = """
            package %1$s;
            public final class %2$s implements io.imagegate.rule.RuleFactory {
                public String name() { return "%3$s"; }
                public io.imagegate.rule.Rule create(java.util.Map<String, Object> with) {
                    return image -> image.reference().repository().endsWith("/blessed")
                            ? io.imagegate.rule.Finding.satisfied()
                            : io.imagegate.rule.Finding.violation("it is not blessed");
                }
            }
            """;
    private static final String FORMAT = """
            package %1$s;
            import io.imagegate.input.*;
            import java.util.List;
            public final class %2$s implements InputFactory {
                public Input create() {
                    return new Input() {
                        public String name() { return "%3$s"; }
                        public boolean isNamed(java.nio.file.Path file) { return file.endsWith("images.lock"); }
                        public boolean recognises(InputFile file) { return file.path() != null && isNamed(file.path()); }
                        public void read(InputFile file, InputListener found) throws java.io.IOException {
                            String name = new String(file.in().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
                            InputImage image = InputImage.of(name, "it", 1, 1);
                            found.object(InputObject.of(file.name(), 1, "image it", List.of(image)));
                        }
                    };
                }
            }
            """;

    private PluginJar() {}

    /** A jar with a rule that wants images to be named {@code …/blessed}. */
    public static void rule(Path jar, String type, String name) throws IOException {
        write(jar, RuleFactory.class, type, source(RULE, type, name));
    }

    /** A jar with the format of files {@code images.lock}, which have the name of one image. */
    public static void format(Path jar, String type, String name) throws IOException {
        write(jar, InputFactory.class, type, source(FORMAT, type, name));
    }

    private static String source(String pattern, String type, String name) {
        int dot = type.lastIndexOf('.');
        return String.format(pattern, type.substring(0, dot), type.substring(dot + 1), name);
    }

    static void write(Path jar, Class<?> service, String type, String source) throws IOException {
        Path work = Files.createTempDirectory("imagegate-plugin-");
        compile(work, type, source);
        Path services = Files.createDirectories(work.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(service.getName()), type, UTF_8);
        pack(work.resolve("classes"), jar);
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void compile(Path work, String type, String source) throws IOException {
        Path file = work.resolve(type.substring(type.lastIndexOf('.') + 1) + ".java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    Files.createDirectories(work.resolve("classes")).toString());
            assertThat(compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(file))
                            .call())
                    .as(problems.toString())
                    .isTrue();
        }
    }

    static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> {
                try {
                    entries.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                    Files.copy(file, entries);
                    entries.closeEntry();
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(unwritable);
                }
            });
        }
    }
}
