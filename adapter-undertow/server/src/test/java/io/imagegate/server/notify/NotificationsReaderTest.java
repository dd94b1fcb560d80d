package io.imagegate.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of kind Notifications: what they say, and the place of each mistake. */
class NotificationsReaderTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String CHANGED = "{}[]:-#&*!|>'\"%@ \n\t\0aA1\u00e9";
    private static final String VALID = """
            apiVersion: imagegate.io/v1alpha1
            kind: Notifications
            metadata: {name: operators}
            spec:
              source: https://cluster.example.com/imagegate
              endpoints:
                - url: https://events.example.com/imagegate?token=swordfish
                  outcomes: [glass-broken, certificate]
                  secret: {file: secret}
                  ca: {file: ca.pem}
            """;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void makeFiles() throws IOException {
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Files.writeString(folder.resolve("ca.pem"), "a certificate");
    }

    private Notifications read(String text) throws IOException {
        return NotificationsReader.read(Files.writeString(folder.resolve("n.yaml"), text));
    }

    @Test
    void aFileSaysWhatIsSentWhere() throws IOException {
        Notifications read = read(VALID);
        assertThat(read.problems()).isEmpty();
        assertThat(read.source()).isEqualTo("https://cluster.example.com/imagegate");
        NotifiedEndpoint endpoint = read.endpoints().get(0);
        assertThat(endpoint.name()).isEqualTo("events.example.com");
        assertThat(endpoint.outcomes()).isEqualTo(Set.of(NotifiedOutcome.GLASS_BROKEN, NotifiedOutcome.CERTIFICATE));
        assertThat(endpoint.secrets()).hasSize(1);
        assertThat(endpoint.ca()).contains(folder.resolve("ca.pem"));
        Notifications shorter = read(VALID.replaceAll("(?m)^ *(source|outcomes|ca):.*\\R", ""));
        assertThat(shorter.source()).isEqualTo("/imagegate");
        assertThat(shorter.endpoints().get(0).outcomes()).containsExactlyInAnyOrder(NotifiedOutcome.values());
        assertThat(shorter.endpoints().get(0).ca()).isEmpty();
    }

    @Test
    void twoSecretsSignWhileOneIsReplaced() throws IOException {
        Files.writeString(folder.resolve("secret"), SECRET + "\r\n\n" + SECRET + "\n");
        assertThat(read(VALID).endpoints().get(0).secrets()).hasSize(2);
        Files.writeString(folder.resolve("secret"), (SECRET + "\n").repeat(3));
        assertThat(read(VALID).problems())
                .singleElement()
                .asString()
                .endsWith(
                        "/secret: expected one line with whsec_ and 24 to 64 bytes in base64, or two while it is replaced")
                .doesNotContain(SECRET);
        Files.writeString(folder.resolve("secret"), SECRET + "\nwhsec_short\n");
        assertThat(read(VALID).problems())
                .singleElement()
                .asString()
                .endsWith("/secret: line 2: expected whsec_ and 24 to 64 bytes in base64");
    }

    @Test
    void aChangeOfEachFileIsNoticed() throws IOException {
        for (String name : List.of("n.yaml", "secret")) {
            Notifications before = read(VALID);
            assertThat(before.isCurrent()).isTrue();
            Files.writeString(folder.resolve(name), "other");
            assertThat(before.isCurrent()).as(name).isFalse();
            makeFiles();
        }
        Files.delete(folder.resolve("secret"));
        Notifications missing = read(VALID);
        assertThat(missing.problems())
                .singleElement()
                .asString()
                .contains("n.yaml:9:22: spec.endpoints[0].secret.file: ", "/secret\": no such file");
        makeFiles();
        assertThat(missing.isCurrent()).isFalse();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Notifications | kind: Notification | 2:7: kind: \"Notification\", expected Notifications",
                "apiVersion: imagegate.io/v1alpha1 | apiVersion: v1 | 1:13: apiVersion: \"v1\", expected imagegate.io/v1alpha1",
                "secret: {file: secret} | secret: " + SECRET
                        + " | 9:15: spec.endpoints[0].secret: expected a mapping with the key file, such as {file: NAME}",
                "secret: {file: secret} | secret: {file: " + SECRET
                        + "} | 9:22: spec.endpoints[0].secret.file: a secret, expected the name of the file that contains it",
                "outcomes: [glass-broken | outcomes: [glas-broken | 8:18: spec.endpoints[0].outcomes[0]: \"glas-broken\", expected one of glass-broken,",
                "url: https: | url: http: | 7:12: spec.endpoints[0].url: expected a URL that begins with https://",
                "https://events | https://jane:swordfish@events | expected a URL that begins with https://, without a user",
                "events.example.com/ | ev ents/ | spec.endpoints[0].url: no URL (",
                "source: https://cluster.example.com/imagegate | source: '' | 5:11: spec.source: an empty text, expected a URL",
                "endpoints: | endpoint: | unknown key \"endpoint\"",
                "url: | uri: | missing key \"url\"",
                "ca: {file: ca.pem} | ca: {file: none.pem} | /none.pem\": no such file",
            })
    void aMistakeHasItsPlaceAndQuotesNoSecret(String part, String wrong, String message) throws IOException {
        assertThat(VALID).contains(part);
        Notifications read = read(VALID.replace(part, wrong));
        assertThat(read.endpoints()).isEmpty();
        assertThat(read.problem())
                .contains(message)
                .startsWith(folder.resolve("n.yaml").toString())
                .doesNotContain(SECRET, "swordfish");
    }

    @Test
    void theNumberOfEndpointsIsLimitedAndEachIsNamedOnce() throws IOException {
        String one = VALID.substring(VALID.indexOf("    - url"));
        String ten = IntStream.range(1, NotificationsReader.MOST_ENDPOINTS)
                .mapToObj(i -> one.replace("events.", "events" + i + "."))
                .collect(Collectors.joining());
        assertThat(read(VALID + ten).endpoints()).hasSize(NotificationsReader.MOST_ENDPOINTS);
        assertThat(read(VALID + ten + one).problem()).endsWith("11 endpoints, expected at most 10");
        assertThat(read(VALID + one).problem())
                .endsWith("spec.endpoints[1].url: the URL of an earlier endpoint, expected each URL once");
    }

    @Test
    void anEmptyFileAndAFolderAreNone() throws IOException {
        assertThat(read("").problem()).endsWith("n.yaml: an empty file, expected kind: Notifications");
        assertThat(NotificationsReader.read(folder).problem()).isEqualTo(folder + ": expected a regular file");
        assertThat(NotificationsReader.read(folder.resolve("none.yaml")).problem())
                .endsWith("none.yaml: no such file");
    }

    @Test
    void everyTextHasEndpointsOrMistakesAndNoSecretIsQuoted() throws IOException {
        Random random = new Random(7);
        byte[] valid = VALID.replace("{file: secret}", "{file: secret, or: " + SECRET + "}")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < Tier.tries(300, 3_000); i++) {
            byte[] text = i % 2 == 0 ? valid.clone() : VALID.getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                text[random.nextInt(text.length)] = (byte) CHANGED.charAt(random.nextInt(CHANGED.length()));
            }
            Path file = Files.write(folder.resolve("changed.yaml"), text);
            Notifications read = NotificationsReader.read(file);
            assertThat(read.endpoints().isEmpty())
                    .as(new String(text, StandardCharsets.UTF_8))
                    .isEqualTo(!read.problems().isEmpty());
            assertThat(read.problems())
                    .allSatisfy(problem -> assertThat(problem)
                            .startsWith(file.toString())
                            .doesNotContain(SECRET.substring(6), "swordfish", "\n"));
        }
    }
}
