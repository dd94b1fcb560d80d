package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("It counts threads.")
class LivePoliciesTest {

    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();
    private final ReloadListener listener = new ReloadListener() {
        @Override
        public void loaded(PolicySet policies, String digest) {
            heard.add("loaded " + names(policies));
        }

        @Override
        public void refused(PolicyDocumentException problems) {
            heard.add("refused " + problems.problems().size());
        }
    };

    private static List<String> names(PolicySet policies) {
        return policies.policies().stream().map(Policy::name).toList();
    }

    private static String named(String name) {
        return PolicySamples.rule("allow: [nginx]").replace("{name: p}", "{name: " + name + "}");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private LivePolicies open(Path path) {
        return LivePolicies.unwatched(PolicySamples.documents(), path, listener);
    }

    @Test
    void aChangeIsUsedWhenItIsStillTheSameAtTheNextLook() throws IOException {
        Path file = write("p.yaml", named("a"));
        try (LivePolicies live = open(file)) {
            assertThat(names(live.get())).containsExactly("a");
            live.look();
            live.look();
            write("p.yaml", named("b"));
            live.look();
            assertThat(names(live.get())).containsExactly("a");
            live.look();
            assertThat(names(live.get())).containsExactly("b");
            assertThat(heard).containsExactly("loaded [a]", "loaded [b]");
        }
    }

    @Test
    void theDigestIsThatOfTheFilesThatHold() throws Exception {
        Path first = write("one/p.yaml", named("a"));
        try (LivePolicies live = open(first)) {
            assertThat(live.digest()).isEqualTo(sha256(named("a")));
            write("one/p.yaml", "kind: none");
            look(live, 2);
            assertThat(live.digest()).isEqualTo(sha256(named("a")));
        }
        try (LivePolicies live = open(first)) {
            assertThat(live.digest()).isEmpty();
        }
        write("two/b.yaml", named("b"));
        write("two/a.yaml", named("a"));
        try (LivePolicies live = open(folder.resolve("two"))) {
            assertThat(live.digest())
                    .isEqualTo(sha256(sha256(named("a")) + "  a.yaml\n" + sha256(named("b")) + "  b.yaml\n"));
        }
    }

    private static String sha256(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    @Test
    void aHalfWrittenFileIsNeverUsedThoughItReadsWell() throws IOException {
        String whole = PolicySamples.policy("rules:\n  - {name: a, allow: [nginx]}\n  - {name: b, deny: [redis]}\n");
        Path file = write("p.yaml", named("old"));
        try (LivePolicies live = open(file)) {
            write("p.yaml", whole.substring(0, whole.indexOf("  - {name: b")));
            live.look();
            write("p.yaml", whole);
            live.look();
            assertThat(names(live.get())).containsExactly("old");
            live.look();
            assertThat(live.get().policies().get(0).rules()).hasSize(2);
            assertThat(heard).containsExactly("loaded [old]", "loaded [p]");
        }
    }

    @Test
    void theLastGoodPolicyStaysUntilThereIsAnother() throws IOException {
        Path file = write("p.yaml", named("a"));
        try (LivePolicies live = open(file)) {
            write("p.yaml", named("b").replace("allow", "alow"));
            look(live, 4);
            Files.delete(file);
            look(live, 4);
            assertThat(names(live.get())).containsExactly("a");
            write("p.yaml", named("a"));
            look(live, 4);
            assertThat(heard).containsExactly("loaded [a]", "refused 1", "refused 1", "loaded [a]");
        }
    }

    @Test
    void nothingIsAllowedBeforeTheFirstGoodPolicy() throws IOException {
        Path file = folder.resolve("later.yaml");
        try (LivePolicies live = open(file)) {
            assertThat(live.get().isLoaded()).isFalse();
            assertThat(live.get()
                            .decide(ImageReview.of("nginx:1").inNamespace("default"))
                            .allowed())
                    .isFalse();
            write("later.yaml", named("a"));
            look(live, 2);
            assertThat(live.get().isLoaded()).isTrue();
            assertThat(heard).containsExactly("refused 1", "loaded [a]");
        }
    }

    @Test
    void builtInPoliciesAreThereAndStay() {
        try (LivePolicies live = LivePolicies.watch(new PolicyDocuments(), "builtin:fixed-tags", listener)) {
            assertThat(names(live.get())).containsExactly("fixed-tags");
            assertThat(live.digest()).isEmpty();
            look(live, 2);
            assertThat(heard).containsExactly("loaded [fixed-tags]");
        }
        assertThatThrownBy(() -> LivePolicies.watch(new PolicyDocuments(), "builtin:fixed-tag", listener))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("did you mean builtin:fixed-tags?");
    }

    @Test
    void aNameOfAFileIsWatched() throws IOException {
        String file = write("p.yaml", named("a")).toString();
        try (LivePolicies live = LivePolicies.watch(new PolicyDocuments(), file, listener)) {
            assertThat(names(live.get())).containsExactly("a");
            assertThat(live.digest()).hasSize(64);
        }
    }

    @Test
    void filesThatComeGoAndAreNamedAreWatchedToo() throws IOException {
        write("a.yaml", PolicySamples.policy("sets: {s: {file: s.txt}}\nrules: [{name: r, allow: [$s]}]"));
        write("s.txt", "nginx\n");
        try (LivePolicies live = open(folder)) {
            write("s.txt", "redis\n");
            look(live, 2);
            assertThat(live.get()
                            .decide(ImageReview.of("redis").inNamespace("default"))
                            .allowed())
                    .isTrue();
            write("b.yaml", named("b"));
            look(live, 2);
            assertThat(names(live.get())).containsExactly("p", "b");
            Files.delete(folder.resolve("a.yaml"));
            look(live, 2);
            assertThat(names(live.get())).containsExactly("b");
            write("unrelated.txt", "x");
            look(live, 4);
            assertThat(heard).hasSize(4);
        }
    }

    @Test
    void theLinkOfAConfigMapIsFollowed() throws IOException {
        write("..1/p.yaml", named("a"));
        write("..2/p.yaml", named("b"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("p.yaml"), Path.of("..data/p.yaml"));
        try (LivePolicies inFolder = open(folder);
                LivePolicies ofFile = open(folder.resolve("p.yaml"))) {
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            look(inFolder, 2);
            look(ofFile, 2);
            assertThat(names(inFolder.get())).containsExactly("b");
            assertThat(names(ofFile.get())).containsExactly("b");
        }
    }

    @Test
    void aThreadLooksUntilItIsClosedWhateverTheListenerDoes() throws Exception {
        BlockingQueue<List<String>> loaded = new LinkedBlockingQueue<>();
        ReloadListener failing = new ReloadListener() {
            @Override
            public void loaded(PolicySet policies, String digest) {
                loaded.add(names(policies));
                if (names(policies).contains("b")) {
                    Thread.currentThread().interrupt();
                    throw new NoClassDefFoundError("a listener that fails");
                }
            }

            @Override
            public void refused(PolicyDocumentException problems) {
                loaded.add(List.of());
            }
        };
        Logger.getLogger(LivePolicies.class.getName()).setLevel(Level.OFF); // the failure is meant
        Path file = write("p.yaml", named("a"));
        LivePolicies live = LivePolicies.watch(PolicySamples.documents(), file, Duration.ofMillis(5), failing);
        try (live) {
            for (String name : List.of("a", "b", "c")) {
                write("next", named(name));
                Files.move(folder.resolve("next"), file, StandardCopyOption.ATOMIC_MOVE);
                assertThat(loaded.poll(30, TimeUnit.SECONDS)).containsExactly(name);
            }
        }
        assertThat(names(live.get())).containsExactly("c");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("imagegate-policies"));
        assertThatThrownBy(() -> LivePolicies.watch(PolicySamples.documents(), file, Duration.ZERO, failing))
                .hasMessage("interval PT0S: expected a positive duration");
    }

    private static void look(LivePolicies live, int times) {
        for (int i = 0; i < times; i++) {
            live.look();
        }
    }
}
