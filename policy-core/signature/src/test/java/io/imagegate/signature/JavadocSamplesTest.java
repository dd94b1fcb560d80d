package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signature.search.SignatureSearch;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples in Javadoc and in README.md compile. */
class JavadocSamplesTest {

    private static final Pattern SAMPLE = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n *\\* \\}</pre>");

    private static final Pattern README = Pattern.compile("(?s)```java\\n(.*?)```");

    private static final String CLASS = """
            import io.imagegate.reference.*;
            import io.imagegate.registry.*;
            import io.imagegate.signature.*;
            import io.imagegate.signature.search.*;
            import io.imagegate.signer.*;
            import java.nio.file.*;
            import java.security.cert.X509Certificate;
            import java.time.Instant;
            import java.util.*;
            import java.util.concurrent.*;

            abstract class Sample {
                SignatureStore store;
                Digest image;
                Signer release;

                void run() throws Exception { {
                    %s
                } }
            }
            """;

    @ParameterizedTest
    @ValueSource(classes = {Verifier.class, SignatureSearch.class})
    void compiles(Class<?> type, @TempDir Path out) throws IOException {
        String file = Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));
        List<JavaFileObject> sources = new ArrayList<>();
        SAMPLE.matcher(file).results().forEach(found -> sources.add(source(text(found.group(1)))));
        assertThat(sources).hasSize(1);
        compile(sources, out);
    }

    private static void compile(List<JavaFileObject> sources, Path out) {
        StringWriter problems = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", out.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(problems, null, null, options, null, sources)
                .call();
        assertThat(compiled).as("%s", problems).isTrue();
    }

    private static String text(String comment) {
        return comment.lines().map(line -> line.replaceFirst("^ *\\* ?", "")).collect(Collectors.joining("\n"));
    }

    @Tag("slow")
    @Test
    @DisplayName("the snippets of README.md compile")
    void readme(@TempDir Path out) throws IOException {
        List<String> snippets = README.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(snippets).hasSize(3);
        for (String snippet : snippets) {
            compile(List.of(source(snippet)), out);
        }
    }

    private static JavaFileObject source(String statements) {
        return new SimpleJavaFileObject(URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return CLASS.formatted(statements);
            }
        };
    }
}
