package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.ImageReference;
import io.imagegate.registry.endpoint.HostEntry;
import io.imagegate.registry.host.HostRule;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of registries as 0.1 reads them, which later versions read alike. Beside each is what it means: entries, limits and
 * caches, or the places of the mistakes for which it is refused. A file of the corpus is never changed; new keys get new files.
 */
@DisplayName("The corpus of registries")
class RegistriesCorpusTest {

    private static final Pattern KEY = Pattern.compile("(?m)`(?:(?:limits|cache)\\.)?([a-zA-Z]+)`(?=[^\\n|]*\\|)");

    private static Path corpus() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(RegistriesCorpusTest.class.getResource("corpus"))
                .toURI());
    }

    /** The first line of what is expected says what a file has. */
    static List<Arguments> files() throws IOException, URISyntaxException {
        List<Arguments> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(corpus())) {
            for (Path file : all.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                List<String> expected =
                        Files.readAllLines(Path.of(file.toString().replaceFirst("\\.yaml$", ".expected")));
                files.add(Arguments.of(expected.get(0).substring(2), file, expected.subList(1, expected.size())));
            }
        }
        assertThat(files).isNotEmpty();
        return files;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @DisplayName("means what it meant in 0.1")
    void meansWhatItMeant(String description, Path file, List<String> expected) {
        assertThat(meaning(file)).isEqualTo(expected);
    }

    private static List<String> meaning(Path file) {
        ImageRegistries read;
        try {
            read = ImageRegistries.load(file);
        } catch (ImageRegistriesException refused) {
            return refused.problems().stream()
                    .map(problem -> "refused at " + problem.line() + ":" + problem.column())
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        read.entries().forEach(entry -> lines.add(text(entry)));
        lines.add("proxy: " + read.proxy().map(URI::toString).orElse("none") + ", not for "
                + hosts(read.hosts().noProxy()) + ", credentials "
                + read.hosts()
                        .proxyCredentials()
                        .map(RegistriesCorpusTest::name)
                        .orElse("none"));
        RegistryLimits limits = read.limits();
        lines.add("limits: timeout %s, flights %d, flightsPerRegistry %d, waiting %d"
                .formatted(limits.timeout(), limits.flights(), limits.flightsPerRegistry(), limits.waiting()));
        lines.add("bytes: cacheBytes %d, bodyBytes %d, attestationBytes %d"
                .formatted(limits.cacheBytes(), limits.bodyBytes(), limits.attestationBytes()));
        CachePeriods cache = read.cache();
        lines.add("cache: tags %s, verified %s, absent %s, staleOnError %s"
                .formatted(cache.tags(), cache.verified(), cache.absent(), cache.staleOnError()));
        return lines;
    }

    private static String text(RegistryEntry entry) {
        HostEntry settings = entry.settings();
        List<String> parts = new ArrayList<>();
        settings.credentials().ifPresent(credentials -> parts.add("credentials"));
        settings.authHosts().ifPresent(hosts -> parts.add("authHosts " + hosts(hosts)));
        settings.blobHosts().ifPresent(hosts -> parts.add("blobHosts " + hosts(hosts)));
        settings.mirror()
                .ifPresent(mirror -> parts.add("mirror " + mirror.host() + " below \"" + mirror.prefix() + "\""));
        settings.tls().ca().ifPresent(ca -> parts.add("ca " + name(ca)));
        settings.tls()
                .clientCertificate()
                .ifPresent(client ->
                        parts.add("clientCertificate " + name(client.certificate()) + " and " + name(client.key())));
        Optional<String> signatures = entry.signatures().map(ImageReference::canonical);
        signatures.ifPresent(place -> parts.add("signatures " + place));
        if (settings.plainHttp()) {
            parts.add("plainHttp");
        }
        return entry.host() + ": " + (parts.isEmpty() ? "by default" : String.join(", ", parts));
    }

    private static String hosts(List<HostRule> hosts) {
        return hosts.isEmpty()
                ? "none"
                : String.join(" ", hosts.stream().map(HostRule::text).toList());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Test
    @DisplayName("has every key of REGISTRIES.md")
    void hasEveryKey() throws Exception {
        StringBuilder texts = new StringBuilder();
        try (Stream<Path> files = Files.list(corpus())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !name(path).startsWith("refused"))
                    .toList()) {
                texts.append(Files.readString(file));
            }
        }
        Set<String> keys = new TreeSet<>();
        Files.readString(Path.of("../REGISTRIES.md"))
                .lines()
                .filter(line -> line.startsWith("| `") && !line.startsWith("| `imagegate"))
                .forEach(line -> KEY.matcher(line.substring(0, line.indexOf('|', 1) + 1))
                        .results()
                        .forEach(key -> keys.add(key.group(1))));
        assertThat(keys).contains("host", "flights", "staleOnError");
        assertThat(keys).allSatisfy(key -> assertThat(texts.toString()).containsPattern("\\b" + key + ":"));
    }
}
