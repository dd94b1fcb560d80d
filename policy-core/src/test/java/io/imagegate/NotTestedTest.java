package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class NotTestedTest {

    @TempDir
    private Path folder = Path.of("");

    static class SomeLeftOut {

        @Test
        void runs() {}

        @Test
        void doesNotApply() {
            Assumptions.abort("does not apply");
        }

        @Test
        void needsMore() {
            Machine.needs(false, "more\nthan there is");
        }
    }

    static class SetUpEnds {

        @BeforeAll
        static void setUp() {
            Machine.needs(false, "a set-up");
        }

        @Test
        void neverRuns() {}
    }

    static class AllRun {

        @Test
        void runs() {}
    }

    private Path after(Class<?>... tests) {
        Path file = folder.resolve("target/not-tested/1.txt");
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new NotTested(file))
                .build();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (Class<?> test : tests) {
            request.selectors(selectClass(test));
        }
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create(config).execute(built);
        return file;
    }

    @Test
    @DisplayName("each test and each set-up that needs what is not there has a line with its class and the reason")
    void lines() throws Exception {
        assertThat(Files.readAllLines(after(SomeLeftOut.class, SetUpEnds.class)))
                .containsExactlyInAnyOrder(
                        "NotTestedTest$SomeLeftOut: needs more than there is",
                        "NotTestedTest$SetUpEnds: needs a set-up");
    }

    @Test
    @DisplayName("there is no file where all tests ran")
    void nothing() {
        assertThat(after(AllRun.class)).doesNotExist();
    }
}
