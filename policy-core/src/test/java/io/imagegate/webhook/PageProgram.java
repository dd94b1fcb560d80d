package io.imagegate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A page with a program that serves reviews, a request to it, and its answer. */
public final class PageProgram {

    private PageProgram() {}

    /**
     * Compiles the program, runs it on a free port in place of 8080, and compares its answer with that of the page.
     *
     * @param page the page
     * @param folder a folder for the classes
     */
    public static void requireAnswer(Path page, Path folder) throws Exception {
        String port = String.valueOf(FreePort.find());
        String text = Files.readString(page).replace("8080", port);
        compile(block(text, "```java\n(.*?)```"), folder);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, PageProgram.class.getClassLoader())) {
            loader.loadClass("com.example.reviews.Reviews")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
            assertThat(post(block(text, "curl -s (\\S+) "), block(text, "-d '\n(.*?)'")))
                    .isEqualTo(block(text, "```text\n(.*?)\n```"));
        }
    }

    private static String post(String uri, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static void compile(String program, Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Reviews.java"), program);
        StringWriter problems = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s", problems).isTrue();
        }
    }

    private static String block(String page, String pattern) {
        Matcher found = Pattern.compile("(?s)" + pattern).matcher(page);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}
