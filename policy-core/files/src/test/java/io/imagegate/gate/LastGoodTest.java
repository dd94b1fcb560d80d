package io.imagegate.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.LoggedRecords;
import io.imagegate.Machine;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.kept.KeptSet;
import io.imagegate.document.kept.KeptSetFormat;
import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.review.ImageReview;
import io.imagegate.text.Sha256;
import io.imagegate.time.ManualTime;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate whose files are rejected at the start decides with the set that was accepted last. */
class LastGoodTest {

    private static final String BROKEN = "kind: [";

    @RegisterExtension
    private final LoggedRecords log = new LoggedRecords(LastGood.class, each -> true);

    @TempDir
    private Path folder;

    private Path kept;
    private final Map<Metric, Supplier<Map<List<String>, Double>>> gauges = new EnumMap<>(Metric.class);
    private ManualTime clock = new ManualTime("2026-12-01T12:00:00Z");
    private String version = "1.0";

    private static String text(LogRecord each) {
        return MessageFormat.format(
                each.getMessage(), each.getParameters() == null ? new Object[0] : each.getParameters());
    }

    @BeforeEach
    void makeFolder() throws IOException {
        kept = Files.createDirectory(folder.resolve("kept"));
        write("p.yaml", policy("ghcr.io"));
    }

    private static String policy(String registry) {
        return """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: ours}
                spec: {rules: [{name: ours, allow: ["%s/**"]}]}
                """.formatted(registry);
    }

    private Path write(String name, String text) throws IOException {
        Path beside = Files.writeString(folder.resolve(name + ".new"), text);
        return Files.move(
                beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private LiveGateBuilder builder() {
        return LiveGate.builder()
                .policies(folder.resolve("p.yaml").toString())
                .documents(new PolicyDocuments().withClock(clock))
                .metrics(new MetricSink() {
                    @Override
                    public void record(Metric metric, double value, String... labels) {}

                    @Override
                    public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {
                        gauges.put(metric, values);
                    }
                })
                .lastGood(kept, version);
    }

    private LiveGate start() {
        return builder().openLater();
    }

    private static boolean allows(LiveGate gate, String image) {
        return gate.decide(ImageReview.of(image)).allowed();
    }

    private boolean inForce() {
        return Objects.requireNonNull(gauges.get(Metric.LAST_GOOD_IN_FORCE))
                .get()
                .equals(Map.of(List.of(), 1.0));
    }

    private void look(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            int timers = clock.timers();
            clock.pass(Duration.ofMillis(500));
            for (int waited = 0; clock.timers() < timers && waited < 30_000; waited += 5) {
                Thread.sleep(5);
            }
        }
    }

    private void acceptThenBreak() throws IOException {
        start().close();
        write("p.yaml", BROKEN);
    }

    private void assertRefused(String why) {
        log.records().clear();
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isFalse();
            assertThat(gate.state().lastGood()).isFalse();
            assertThat(gate.health().isReady()).isFalse();
            assertThat(inForce()).isFalse();
        }
        assertThat(log.records())
                .anySatisfy(each -> assertThat(text(each))
                        .startsWith("the last accepted set is not used: ")
                        .contains(why));
    }

    @Test
    void theAcceptedSetDecidesAfterARestart() throws Exception {
        String digest;
        try (LiveGate gate = start()) {
            digest = gate.state().digest();
            assertThat(gate.state().lastGood()).isFalse();
            assertThat(inForce()).isFalse();
        }
        write("p.yaml", BROKEN);
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
            assertThat(allows(gate, "quay.io/a:1")).isFalse();
            assertThat(gate.state().digest()).isEqualTo(digest);
            assertThat(gate.state().lastGood()).isTrue();
            assertThat(gate.state().problem()).isPresent();
            assertThat(inForce()).isTrue();
            assertThat(gate.health().isReady()).isTrue();
            assertThat(gate.health().warnings())
                    .containsExactly("the policies are rejected since 2026-12-01T12:00:00Z: " + folder.resolve("p.yaml")
                            + ":1:8: syntax; last_good: the set accepted last before the start is active");
            assertThat(gate.health().details().toString()).contains("policies=last_good");
            write("p.yaml", policy("quay.io"));
            look(3);
            assertThat(allows(gate, "quay.io/a:1")).isTrue();
            assertThat(gate.state().lastGood()).isFalse();
            assertThat(inForce()).isFalse();
            assertThat(gate.health().warnings()).isEmpty();
        }
        write("p.yaml", BROKEN);
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "quay.io/a:1")).isTrue();
            assertThat(allows(gate, "ghcr.io/a:1")).isFalse();
        }
    }

    @Test
    void withoutAFolderEverythingIsDenied() throws Exception {
        write("p.yaml", BROKEN);
        assertRefused("there is none yet");
        try (LiveGate gate =
                LiveGate.builder().policies(folder.resolve("p.yaml").toString()).openLater()) {
            assertThat(gate.health().isReady()).isFalse();
        }
    }

    @Test
    void filesThatPoliciesNameArePartOfTheSet() throws Exception {
        Files.createDirectory(folder.resolve("policies"));
        write("policies/a.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: ours}
                spec: {sets: {ours: {file: list.txt}}, rules: [{name: ours, allow: [$ours]}]}
                """);
        write("policies/list.txt", "ghcr.io/**\n");
        write("policies/b.yaml", policy("ghcr.io").replace("name: ours}\nspec", "name: others}\nspec"));
        LiveGateBuilder twice = builder().policies(folder.resolve("policies").toString(), "builtin:fixed-tags");
        String digest;
        try (LiveGate gate = twice.open()) {
            digest = gate.state().digest();
        }
        for (Path each : List.of(folder.resolve("policies/list.txt"), folder.resolve("policies/b.yaml"))) {
            Files.delete(each);
        }
        write("policies/c.yaml", BROKEN);
        try (LiveGate gate = twice.openLater()) {
            assertThat(gate.state().digest()).isEqualTo(digest);
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
            assertThat(allows(gate, "ghcr.io/a:latest")).isFalse();
            assertThat(allows(gate, "quay.io/a:1")).isFalse();
        }
    }

    @Test
    void otherNamesHaveTheirNewFiles() throws Exception {
        write("dev.yaml", policy("docker.io"));
        LiveGateBuilder both = builder().named("dev", folder.resolve("dev.yaml").toString());
        both.openLater().close();
        write("dev.yaml", policy("quay.io"));
        write("p.yaml", BROKEN);
        for (int start = 0; start < 2; start++) {
            try (LiveGate gate = both.openLater()) {
                assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
                assertThat(gate.gate("dev").decide("quay.io/a:1").allowed()).isTrue();
                assertThat(gate.states()).extracting(GateState::lastGood).containsExactly(true, false);
            }
        }
        write("dev.yaml", BROKEN);
        try (LiveGate gate = both.openLater()) {
            assertThat(gate.gate("dev").decide("quay.io/a:1").allowed()).isTrue();
            assertThat(gate.gate("dev").decide("nginx:1").allowed()).isFalse();
        }
    }

    @Test
    void anotherVersionIsRefused() throws Exception {
        acceptThenBreak();
        version = "1.1";
        assertRefused("version 1.0 wrote it, and this is 1.1");
        version = "1.0";
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
        }
    }

    @Test
    void restartsDoNotLengthenTheDay() throws Exception {
        acceptThenBreak();
        for (int hour = 0; hour < 24; hour += 6) {
            try (LiveGate gate = start()) {
                assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
                assertThat(gate.state().rejectedSince()).contains(Instant.parse("2026-12-01T12:00:00Z"));
            }
            write("p.yaml", BROKEN + hour);
            clock.pass(Duration.ofHours(6));
        }
        start().close();
        clock.pass(Duration.ofSeconds(1));
        assertRefused("files are rejected since 2026-12-01T12:00:00Z, for more than 24 hours");
        write("p.yaml", policy("quay.io"));
        start().close();
        write("p.yaml", BROKEN);
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "quay.io/a:1")).isTrue();
        }
    }

    @Test
    void theDayBeginsWithTheFirstRejectionOfARunningGate() throws Exception {
        try (LiveGate gate = start()) {
            write("p.yaml", BROKEN);
            look(3);
            assertThat(gate.state().problem()).isPresent();
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
            assertThat(gate.state().lastGood()).isFalse();
            clock.pass(Duration.ofHours(25));
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
        }
        assertRefused("for more than 24 hours");
    }

    @Test
    void aClockThatWentBackIsRefused() throws Exception {
        acceptThenBreak();
        clock.pass(Duration.ofHours(23));
        start().close();
        clock = new ManualTime("2026-12-01T13:00:00Z");
        assertRefused("the clock is at 2026-12-01T13:00:00Z, before its last use at 2026-12-02T11:00:00Z");
    }

    @Test
    void theTimeOfTheLastUseIsWrittenEveryHour() throws Exception {
        acceptThenBreak();
        try (LiveGate gate = start()) {
            assertThat(gate.state().lastGood()).isTrue();
            Instant before = stored().latest();
            log.records().clear();
            clock.pass(Duration.ofHours(1));
            for (int waited = 0; stored().latest().equals(before) && waited < 30_000; waited += 20) {
                Thread.sleep(20);
            }
            assertThat(stored().latest()).isEqualTo(before.plus(Duration.ofHours(1)));
            assertThat(log.records()).anySatisfy(each -> assertThat(text(each)).startsWith("last_good: "));
        }
    }

    private KeptSet stored() throws IOException {
        return KeptSetFormat.read(Files.readAllBytes(kept.resolve("last-good")));
    }

    @Test
    void changedBytesAreRefused() throws Exception {
        acceptThenBreak();
        Path file = kept.resolve("last-good");
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {0, 30, 100, bytes.length / 2, bytes.length - 1}) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertRefused("it ");
        }
        for (int length : new int[] {0, 10, 86, 87, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertRefused("it ");
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertRefused("it was changed or cut off");
        Files.write(file, bytes);
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
        }
    }

    @Test
    void linksAndFoldersAreRefused() throws Exception {
        acceptThenBreak();
        Path file = kept.resolve("last-good");
        Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, elsewhere);
        assertRefused("expected a regular file");
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused("expected a regular file");
        Files.delete(file);
        Files.move(elsewhere, file);
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw-----w-"})
    void whatOthersMayWriteIsRefused(String permissions) throws Exception {
        acceptThenBreak();
        Path file = kept.resolve("last-good");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertRefused("users other than its owner may write it");
    }

    @Test
    void whatAnotherUserWroteIsRefused() throws Exception {
        Machine.needsRoot();
        acceptThenBreak();
        Files.setAttribute(kept.resolve("last-good"), "unix:uid", 12_345);
        assertRefused("it belongs to the user 12345, and not to that of this process");
    }

    @Test
    void aFolderForEverybodyIsAccepted() throws Exception {
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rwxrwxrwx"));
        acceptThenBreak();
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
        }
    }

    @Test
    void aLinkInPlaceOfTheNewFileIsNotFollowed() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim"), "unharmed");
        Files.createSymbolicLink(kept.resolve("last-good.new"), victim);
        acceptThenBreak();
        assertThat(victim).hasContent("unharmed");
        assertThat(kept.toFile().list()).containsExactly("last-good");
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
        }
    }

    @Test
    void anUnfinishedNewFileIsNotUsed() throws Exception {
        acceptThenBreak();
        byte[] bytes = Files.readAllBytes(kept.resolve("last-good"));
        Files.write(kept.resolve("last-good.new"), Arrays.copyOf(bytes, bytes.length / 2));
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
        }
        assertThat(kept.toFile().list()).containsExactly("last-good");
    }

    @Test
    void anOlderSetDoesNotComeBackWhenALargerOneCannotBeKept() throws Exception {
        start().close();
        StringBuilder sets = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            write(i + ".txt", "quay.io/**\n#" + "x".repeat((4 << 20) - 1_000));
            sets.append("s").append(i).append(": {file: ").append(i).append(".txt}, ");
        }
        write("p.yaml", policy("quay.io").replace("spec: {", "spec: {sets: {" + sets + "}, "));
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "quay.io/a:1")).isTrue();
        }
        assertThat(kept.toFile().list()).isEmpty();
        assertThat(log.records()).anySatisfy(each -> assertThat(text(each)).contains("have more than 8388608 bytes"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsOnlyWarnedOf() throws Exception {
        Files.delete(kept);
        Files.writeString(kept, "a file");
        try (LiveGate gate = start()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
            assertThat(gate.health().warnings()).isEmpty();
            log.records().clear();
            write("p.yaml", policy("quay.io"));
            look(3);
            assertThat(allows(gate, "quay.io/a:1")).isTrue();
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void aMissingFolderIsMadeForThisUserAlone() throws Exception {
        Files.delete(kept);
        start().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rwx------");
    }

    @Test
    @ResourceLock(StubRegistries.RECORDS)
    void theSetHasItsRegistries() throws Exception {
        Path registries = write("registries.yaml", "one");
        LiveGateBuilder asking = builder().registries(registries).classLoader(providers());
        asking.openLater().close();
        String first = stored().registries().orElseThrow();
        assertThat(first).isEqualTo("one");
        write("p.yaml", BROKEN);
        write("registries.yaml", "two");
        try (LiveGate gate = asking.openLater()) {
            assertThat(gate.state().registries().orElseThrow().digest()).isEqualTo(Sha256.hex("one".getBytes(UTF_8)));
            assertThat(gate.state().lastGood()).isTrue();
        }
        write("p.yaml", policy("quay.io"));
        write("registries.yaml", "wrong");
        try (LiveGate gate = asking.openLater()) {
            assertThat(allows(gate, "quay.io/a:1")).isTrue();
            assertThat(gate.state().lastGood()).isTrue();
            assertThat(inForce()).isTrue();
            assertThat(gate.health().warnings()).singleElement().asString().contains("last_good: the registries");
        }
        write("registries.yaml", "two");
        try (LiveGate gate = asking.openLater()) {
            assertThat(gate.state().registries().orElseThrow().digest()).isEqualTo(Sha256.hex("two".getBytes(UTF_8)));
            assertThat(gate.state().lastGood()).isFalse();
            assertThat(inForce()).isFalse();
        }
        Files.delete(kept.resolve("last-good"));
        write("registries.yaml", "wrong");
        assertThatThrownBy(asking::openLater).isInstanceOf(GateException.class).hasMessageContaining("wrong");
    }

    private ClassLoader providers() throws IOException {
        Path services = Files.createDirectories(folder.resolve("providers/META-INF/services"));
        Files.writeString(services.resolve(RegistryProvider.class.getName()), StubRegistries.class.getName());
        return new URLClassLoader(
                new URL[] {folder.resolve("providers").toUri().toURL()}, LastGoodTest.class.getClassLoader());
    }

    @Test
    void settingsHaveTheFolder() throws Exception {
        GateSettings settings = GateSettings.builder()
                .policies(folder.resolve("p.yaml").toString())
                .lastGood(kept, "1.0")
                .build();
        settings.open(LiveGate.builder()).close();
        write("p.yaml", BROKEN);
        try (LiveGate gate = settings.open(LiveGate.builder())) {
            assertThat(gate.state().lastGood()).isTrue();
        }
    }
}
