package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the files are and whatever fails, live policies neither hang nor stop looking, and report it. */
class LivePoliciesFaultsTest {

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
            heard.add(problems.getMessage());
        }
    };

    private static List<String> names(PolicySet policies) {
        return policies.policies().stream().map(Policy::name).toList();
    }

    private static String named(String name) {
        return PolicySamples.rule("allow: [nginx]").replace("{name: p}", "{name: " + name + "}");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private LivePolicies open(Path path) {
        return LivePolicies.unwatched(PolicySamples.documents(), path, listener);
    }

    @Test
    // A thread that opens a pipe hears no interruption.
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNoRegularFileOrTooLongIsRefusedAtOnce() throws Exception {
        Path file = folder.resolve("p.yaml");
        pipe(file);
        try (LivePolicies live = open(file)) {
            Files.delete(file);
            write("p.yaml", named("a"));
            look(live, 2);
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("/dev/zero"));
            look(live, 2);
            Files.delete(file);
            try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
                huge.setLength(5L << 30);
            }
            look(live, 2);
            Files.delete(file);
            Files.createSymbolicLink(file, folder.resolve("nowhere"));
            look(live, 2);
            assertThat(names(live.get())).containsExactly("a");
        }
        assertThat(heard)
                .containsExactly(
                        file + ": cannot be read: expected a regular file",
                        "loaded [a]",
                        file + ": cannot be read: expected a regular file",
                        file + ": expected at most 4194304 bytes",
                        file + ": no such file or folder");
    }

    @Test
    @Timeout(60)
    void aPipeInAFolderIsRefusedAtOnce() throws Exception {
        write("a.yaml", named("a"));
        try (LivePolicies live = open(folder)) {
            pipe(folder.resolve("b.yaml"));
            look(live, 2);
            assertThat(names(live.get())).containsExactly("a");
            assertThat(heard)
                    .containsExactly(
                            "loaded [a]", folder.resolve("b.yaml") + ": cannot be read: expected a regular file");
        }
    }

    private static void pipe(Path file) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    /** Its rules cannot be made while the error lasts. */
    private static final class FailingFactory implements RuleFactory {

        @Nullable
        Error error;

        @Override
        public String name() {
            return "Failing";
        }

        @Override
        public Rule create(Map<String, Object> parameters) {
            if (error != null) {
                throw error;
            }
            return image -> Finding.satisfied();
        }
    }

    @Test
    void anErrorIsReportedOnceAndThePoliciesAreLoadedWhenItIsOver() throws IOException {
        Logger.getLogger(LivePolicies.class.getName()).setLevel(Level.OFF); // the failures are meant
        FailingFactory factory = new FailingFactory();
        factory.error = new OutOfMemoryError("planted");
        PolicyDocuments documents = PolicySamples.documents().withFactories(List.of(factory));
        Path file = write("p.yaml", PolicySamples.rule("custom: Failing"));
        try (LivePolicies live = LivePolicies.unwatched(documents, file, listener)) {
            look(live, 5);
            assertThat(live.get().isLoaded()).isFalse();
            assertThat(ImageGate.of(live).decide(ImageReview.of("a:1")).violations())
                    .singleElement()
                    .satisfies(violation ->
                            assertThat(violation.failure().orElseThrow()).hasCause(factory.error));
            factory.error = null;
            look(live, 2);
            assertThat(live.get().isLoaded()).isTrue();
            factory.error = new AssertionError("planted, too");
            write("p.yaml", PolicySamples.rule("custom: Failing") + "# changed\n");
            look(live, 5);
            assertThat(live.get().isLoaded()).isTrue();
        }
        assertThat(heard)
                .containsExactly(
                        file + ": cannot be loaded: java.lang.OutOfMemoryError: planted",
                        "loaded [p]",
                        file + ": cannot be loaded: java.lang.AssertionError: planted, too");
    }

    private static void look(LivePolicies live, int times) {
        for (int i = 0; i < times; i++) {
            live.look();
        }
    }
}
