package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    @DisplayName("the commands of the page end with the denial that the page shows")
    void asTyped(@TempDir Path folder) throws Exception {
        Machine.needs("bash", "curl", "mvn");
        Path local = folder.resolve("local");
        install(local);
        String page = Files.readString(Path.of("README.md"));
        String port = String.valueOf(freePort());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path printed = folder.resolve("printed");
        ProcessBuilder typed = new ProcessBuilder(
                        "bash", "-c", block(page, "bash").replace("8080", port) + "\nkill %1; wait")
                .directory(empty.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        typed.environment().put("SERVER_PORT", port);
        typed.environment()
                .put(
                        "MAVEN_ARGS",
                        "-Dmaven.repo.local=" + local + " -Dmaven.repo.local.tail="
                                + System.getProperty("imagegate.maven.repository"));
        Process shell = typed.start();
        try {
            assertThat(shell.waitFor(5, TimeUnit.MINUTES))
                    .as(Files.readString(printed))
                    .isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        assertThat(Files.readString(printed).strip())
                .isEqualTo(block(page, "json").strip());
    }
}
