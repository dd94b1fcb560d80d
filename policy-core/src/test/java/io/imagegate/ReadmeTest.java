package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedding example of the README compiles and does what it says. */
class ReadmeTest {

    @Test
    void theEmbeddingExampleRuns(@TempDir Path out) throws Exception {
        compile(wrap(example()), out);
        String printed = run(out);
        assertThat(printed.strip())
                .isEqualTo("false image \"nginx\" (containers[0]) violates rule \"fixed-tag\": "
                        + "it has no tag, so it means \"latest\"; write a fixed tag");
    }

    private static String example() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int start = readme.indexOf("```java\n") + "```java\n".length();
        return readme.substring(start, readme.indexOf("```", start));
    }

    private static String wrap(String example) {
        int body = example.indexOf("\n\n") + 1;
        return example.substring(0, body) + "public class Example { public static void run(java.io.PrintStream out) {"
                + example.substring(body).replace("System.out", "out") + "} }";
    }

    private static void compile(String source, Path out) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of("-d", out.toString(), "-cp", System.getProperty("java.class.path"));
        assertThat(compiler.getTask(null, null, null, options, null, List.of(file))
                        .call())
                .isTrue();
    }

    private static String run(Path out) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {out.toUri().toURL()}, ReadmeTest.class.getClassLoader())) {
            loader.loadClass("Example")
                    .getMethod("run", PrintStream.class)
                    .invoke(null, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
