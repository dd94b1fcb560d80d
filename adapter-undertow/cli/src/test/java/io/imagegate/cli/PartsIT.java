package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import io.imagegate.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scanners of jars and images find in the runnable jar what it is made of. */
class PartsIT {

    private static final Pattern ALLOWED = Pattern.compile("<include>([^<:]+:[^<]+)</include>");

    @Test
    @DisplayName(
            "the jar lists its libraries in CycloneDX: all that the pom allows, with version and licence, and no others")
    void lists() throws IOException {
        Map<?, ?> parts = parts();
        assertThat(parts.get("bomFormat")).isEqualTo("CycloneDX");
        List<?> components = (List<?>) Objects.requireNonNull(parts.get("components"));
        List<String> allowed = ALLOWED.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(components)
                .map(component -> field(component, "group") + ":" + field(component, "name"))
                .containsExactlyInAnyOrderElementsOf(allowed);
        assertThat(components).allSatisfy(component -> {
            assertThat(field(component, "purl"))
                    .isEqualTo("pkg:maven/" + field(component, "group") + "/" + field(component, "name") + "@"
                            + field(component, "version") + "?type=jar");
            assertThat((List<?>) ((Map<?, ?>) component).get("licenses")).isNotEmpty();
        });
    }

    @Test
    @DisplayName("two builds make the same list: it has no time of its own")
    void sameInEachBuild() throws IOException {
        Map<?, ?> metadata = (Map<?, ?>) Objects.requireNonNull(parts().get("metadata"));
        assertThat(metadata.get("component")).isNotNull();
        assertThat(metadata.get("timestamp")).isNull();
    }

    @Test
    @DisplayName(
            "the jar names no provider of cryptography to the JVM: a runtime without some of the JDK's modules would load all its classes")
    void noProvider() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("imagegate.jar"))) {
            assertThat(jar.getJarEntry("org/bouncycastle/jce/provider/BouncyCastleProvider.class"))
                    .isNotNull();
            assertThat(jar.getJarEntry("META-INF/services/java.security.Provider"))
                    .isNull();
        }
    }

    private static String field(Object component, String name) {
        return String.valueOf(((Map<?, ?>) component).get(name));
    }

    private static Map<?, ?> parts() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("imagegate.jar"))) {
            JarEntry entry = jar.getJarEntry("META-INF/sbom/imagegate.cdx.json");
            Machine.needs(entry != null, "a jar that Maven built online");
            try (var in = jar.getInputStream(Objects.requireNonNull(entry))) {
                return (Map<?, ?>)
                        Objects.requireNonNull(JsonTree.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
    }
}
