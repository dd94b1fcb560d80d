package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, typed in an empty folder, with a local Maven repository that has what was built. */
@Tag("full")
class FirstDenialIT {

    private static final Path REPOSITORY = Path.of("../..");
    private static final String VERSION = System.getProperty("imagegate.version", "");
    private static final Map<String, String> MODULES = Map.of(
            "imagegate-parent", ".",
            "policy-core", "policy-core",
            "policy-files", "policy-core/files",
            "policy-registry", "policy-core/registry",
            "policy-signature", "policy-core/signature",
            "imagegate-micrometer", "policy-core/micrometer",
            "adapter-servlet", "adapter-servlet/servlet",
            "imagegate-spring-boot-starter", "adapter-servlet/spring-boot-starter");

    /** As mvn install puts them there. */
    private static void install(Path local) throws IOException {
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            String artifact = module.getKey();
            Path folder = Files.createDirectories(
                    local.resolve("io/imagegate").resolve(artifact).resolve(VERSION));
            Path built = REPOSITORY.resolve(module.getValue());
            String name = artifact + "-" + VERSION;
            Files.copy(built.resolve("pom.xml"), folder.resolve(name + ".pom"));
            if (!artifact.equals("imagegate-parent")) {
                Files.copy(built.resolve("target").resolve(name + ".jar"), folder.resolve(name + ".jar"));
            }
        }
    }

    private static String block(String page, String language) {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(page);
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }

    /**
     * Puts a {@code java} into a folder that optimises less: Maven and the service each run for seconds. Options in the environment
     * would do the same, but Java prints them.
     */
    private static Path quickJava(Path folder) throws IOException {
        Path java = Files.createDirectories(folder).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return folder;
    }

    @Test
    @DisplayName("the commands of the page end with the denial that the page shows")
    void asTyped(@TempDir Path folder) throws Exception {
        String page = Files.readString(Path.of("README.md"));
        assertThat(printed(folder, block(page, "bash")).strip())
                .isEqualTo(block(page, "json").strip());
    }

    @Test
    @DisplayName("the chains of the page for Spring Security let reviews in, and nothing else")
    void withSecurity(@TempDir Path folder) throws Exception {
        String page = Files.readString(Path.of("README.md"));
        String web = "<artifactId>spring-boot-starter-web</artifactId>\n    </dependency>\n";
        String more = Stream.of("security", "actuator")
                .map(starter ->
                        "<dependency>\n<groupId>org.springframework.boot</groupId>\n<artifactId>spring-boot-starter-"
                                + starter + "</artifactId>\n</dependency>\n")
                .collect(Collectors.joining());
        String secret = """
                package com.example;

                import org.springframework.web.bind.annotation.GetMapping;
                import org.springframework.web.bind.annotation.RestController;

                @RestController
                public class Secret {

                    @GetMapping("/secret")
                    public String secret() {
                        return "secret";
                    }
                }
                """;
        String typed = block(page, "bash");
        assertThat(typed).contains(web, "mvn -B -q package\n");
        String script = typed.replace(web, web + more)
                        .replace(
                                "mvn -B -q package\n",
                                file("Security", block(page, "java")) + file("Secret", secret) + "mvn -B -q package\n")
                + """

                echo
                asked() { curl -s -o /dev/null -w "$2 %{http_code}\\n" $1 http://127.0.0.1:8080$2; }
                for path in /secret /actuator /actuator/env; do
                  asked "" $path
                  asked "-u user:word" $path
                done
                asked "-d x=y" /secret
                """;
        assertThat(printed(folder, script).lines().filter(line -> !line.isBlank()))
                .containsExactly(
                        block(page, "json").strip(),
                        "/secret 401",
                        "/secret 200",
                        "/actuator 401",
                        "/actuator 200",
                        "/actuator/env 401",
                        "/actuator/env 200",
                        "/secret 401");
    }

    private static String file(String type, String content) {
        return "cat > src/main/java/com/example/" + type + ".java <<'END'\n" + content + "END\n";
    }

    /** What commands print that are typed in an empty folder; the service that they start ends with them. */
    private static String printed(Path folder, String commands) throws Exception {
        Machine.needs("bash", "curl", "mvn");
        Path local = folder.resolve("local");
        install(local);
        String port = String.valueOf(FreePort.find());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path printed = folder.resolve("printed");
        ProcessBuilder typed = new ProcessBuilder("bash", "-c", commands.replace("8080", port) + "\nkill %1; wait")
                .directory(empty.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        typed.environment()
                .putAll(Map.of(
                        "PATH",
                        Machine.pathAfter(quickJava(folder.resolve("bin"))),
                        "MAVEN_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        "SERVER_PORT",
                        port,
                        "SPRING_SECURITY_USER_PASSWORD",
                        "word",
                        "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE",
                        "*",
                        "MAVEN_ARGS",
                        "-Dmaven.repo.local=" + local + " -Dmaven.repo.local.tail="
                                + System.getProperty("imagegate.maven.repository")));
        Process shell = typed.start();
        try {
            assertThat(shell.waitFor(5, TimeUnit.MINUTES))
                    .as(Files.readString(printed))
                    .isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        return Files.readString(printed);
    }
}
