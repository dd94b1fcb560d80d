package io.imagegate;

import static io.imagegate.RepositoryCopy.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imagegate.RepositoryCopy.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
@DisplayName("mvnw")
class MavenWrapperTest {

    private static final String MAVEN = "apache-maven-3.9.9";
    private static final List<String> PROGRAMS = List.of(
            "sh", "basename", "cat", "dirname", "ls", "mkdir", "mktemp", "mv", "rm", "sed", "tr", "uname", "unzip");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("fetches Maven with nothing but a JDK and a shell, and runs it")
    void fetches() throws Exception {
        Files.createDirectories(folder.resolve(".mvn/wrapper"));
        for (String file : new String[] {"mvnw", ".mvn/wrapper/maven-wrapper.properties"}) {
            Files.copy(ROOT.resolve(file), folder.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        ConcurrentLinkedQueue<String> paths = new ConcurrentLinkedQueue<>();
        byte[] distribution = Files.readAllBytes(distribution());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, distribution.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(distribution);
            }
        });
        server.start();
        try {
            Result result = RepositoryCopy.run(
                    folder,
                    Map.of(
                            "MAVEN_USER_HOME", folder.resolve("home").toString(),
                            "MVNW_REPOURL",
                                    "http://127.0.0.1:" + server.getAddress().getPort(),
                            "JAVA_HOME", System.getProperty("java.home"),
                            "PATH", programs()),
                    "sh",
                    "mvnw",
                    "--version");
            assertThat(result).isEqualTo(new Result(0, "Maven --version\n"));
            assertThat(paths).containsExactly("/org/apache/maven/apache-maven/3.9.9/" + MAVEN + "-bin.zip");
        } finally {
            server.stop(0);
            // JUnit warns of links that lead out of its folder.
            for (String program : PROGRAMS) {
                Files.deleteIfExists(folder.resolve("bin").resolve(program));
            }
        }
    }

    /** Stands for Maven. */
    private Path distribution() throws IOException {
        Path zip = folder.resolve("maven.zip");
        try (FileSystem files =
                FileSystems.newFileSystem(zip, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            Path program = files.getPath(MAVEN, "bin", "mvn");
            Files.createDirectories(program.getParent());
            Files.writeString(program, "#!/bin/sh\necho Maven \"$@\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return zip;
    }

    /** A path with few programs, so that the JDK has to fetch. */
    private String programs() throws IOException {
        Path links = Files.createDirectory(folder.resolve("bin"));
        for (String program : PROGRAMS) {
            Machine.needs(program);
            Files.createSymbolicLink(
                    links.resolve(program), Machine.find(program).orElseThrow().toRealPath());
        }
        return links.toString();
    }
}
