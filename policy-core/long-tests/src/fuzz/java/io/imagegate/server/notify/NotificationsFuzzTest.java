package io.imagegate.server.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.fuzz.FuzzedFile;
import io.imagegate.fuzz.WhereJazzerRuns;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of notifications names endpoints, or has mistakes and no endpoint. */
@WhereJazzerRuns
class NotificationsFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{apiVersion: imagegate.io/v1alpha1, kind: Notifications, metadata: {name: n}, spec: {source: /a, endpoints:"
                                + " [{url: 'https://hooks.example/x', secrets: [fuzzed], events: [denied]}]}}",
                        "apiVersion: imagegate.io/v1alpha1\nkind: Notifications\nspec:\n  endpoints:\n    - url: http://127.0.0.1\n")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileNamesEndpointsOrHasMistakes(byte[] data) {
        Path file = FuzzedFile.of(data);
        Notifications read = NotificationsReader.read(file);
        assertThat(read.endpoints().isEmpty() || read.problems().isEmpty()).isTrue();
        assertThat(read.problems())
                .allSatisfy(
                        problem -> assertThat(problem).hasSizeLessThan(10_000).matches("[ -~\u2026]*"));
    }
}
