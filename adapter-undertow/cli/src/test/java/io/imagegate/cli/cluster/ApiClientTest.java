package io.imagegate.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.cli.cluster.FakeApiServer.Answer;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When requests are sent again, and which answers are none. */
class ApiClientTest {

    private final List<Long> pauses = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private FakeApiServer api;

    @SuppressWarnings("NullAway.Init")
    private ApiClient client;

    /** Lets pauses pass at once, and the time of a body never. */
    private final TimeSource time = new TimeSource() {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            if (!delay.equals(ApiClient.PATIENCE)) {
                pauses.add(delay.toSeconds());
                task.run();
            }
            return () -> {};
        }
    };

    @BeforeEach
    void starts() throws IOException {
        api = new FakeApiServer();
        ClusterSettings settings = new ClusterSettings(Optional.empty(), Optional.empty(), Optional.of(api.url()));
        client = new ApiClient(ClusterAccess.find(settings, Map.of()), time);
    }

    @AfterEach
    void ends() {
        api.close();
    }

    private void answer(int status, @Nullable String retryAfter) {
        api.once(new Answer("/apis", status, retryAfter == null ? null : List.of("Retry-After", retryAfter), "{}"));
    }

    @Test
    void waitsAsLongAsTheServerSaysUpToAMinute() throws Exception {
        answer(429, "7");
        answer(429, "99999");
        answer(503, "Wed, 21 Oct 2026 07:28:00 GMT");
        answer(500, "-1");
        assertThat(client.tree("/apis").field("groups")).isNotNull();
        assertThat(pauses).containsExactly(7L, 60L, 4L, 8L);
    }

    @Test
    void givesUpAfterSomeTries() {
        for (int i = 0; i < 10; i++) {
            answer(429, null);
        }
        assertThatThrownBy(() -> client.tree("/apis"))
                .isInstanceOf(ApiFailure.class)
                .hasMessage("429");
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void asksOnceWhereAnotherTryChangesNothing() {
        for (int status : new int[] {301, 400, 401, 403, 404, 410}) {
            answer(status, null);
            assertThatThrownBy(() -> client.tree("/apis"))
                    .isInstanceOf(ApiFailure.class)
                    .hasMessage(String.valueOf(status));
        }
        assertThat(pauses).isEmpty();
        assertThat(api.requests()).hasSize(6);
    }

    @Test
    void triesABrokenConnectionAFewTimes() {
        api.close();
        assertThatThrownBy(() -> client.tree("/apis")).isInstanceOf(IOException.class);
        assertThat(pauses).containsExactly(1L, 2L);
    }

    @Test
    void readsNoMoreThanTheLimit() {
        assertThatThrownBy(() -> client.get("/apis", 10, body -> body.readAllBytes()))
                .isInstanceOf(ApiBody.TooLong.class);
        assertThatThrownBy(() -> client.get("/apis", 10, body -> {
                    int last = 0;
                    for (int i = 0; i < 20 && last >= 0; i++) {
                        last = body.read();
                    }
                    return last;
                }))
                .isInstanceOf(ApiBody.TooLong.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void showsWhatTheServerSaysWithoutItsControlCharacters() {
        api.once(new Answer("/apis", 403, null, "{\"message\": \"no\\u001b[31m" + "x".repeat(1_000) + "\"}"));
        assertThatThrownBy(() -> client.tree("/apis"))
                .hasMessageStartingWith("403: no")
                .satisfies(thrown ->
                        assertThat(thrown.getMessage()).hasSizeLessThan(400).doesNotContain("\u001b"));
    }
}
