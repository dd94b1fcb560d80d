package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CommonPoolTest {

    /** Prints which thread goes on when a future ends, as the answers of the JDK's HTTP client do. */
    static final class Answer {

        private Answer() {}

        /**
         * Runs as the command line does.
         *
         * @param arguments none
         */
        public static void main(String[] arguments) {
            Main.setProperties();
            System.out.println(
                    CompletableFuture.supplyAsync(() -> Thread.currentThread().getName())
                            .join());
        }
    }

    @Test
    @DisplayName("on two processors no answer of a registry starts a thread of its own")
    void twoProcessors() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=2",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Answer.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).startsWith("ForkJoinPool.commonPool-worker-");
    }
}
