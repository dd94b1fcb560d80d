package io.imagegate.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.registry.post.Poster.Answer;
import io.imagegate.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events by the answers of an endpoint. */
class EventQueueTest {

    private final ManualTime time = new ManualTime("2026-12-01T12:00:00Z");
    private final List<String> sent = new ArrayList<>();
    private final List<CompletableFuture<Answer>> answers = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private final EventQueue queue = new EventQueue(this::send, Runnable::run, time, new EventQueue.Listener() {

        @Override
        public void delivered(CloudEvent event) {
            results.add(event.id() + " delivered");
        }

        @Override
        public void failed(CloudEvent event, String reason) {
            results.add(event.id() + " failed: " + reason);
        }

        @Override
        public void dropped(CloudEvent event) {
            results.add(event.id() + " dropped");
        }
    });

    private CompletableFuture<Answer> send(CloudEvent event) {
        sent.add(event.id());
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    private void add(String... ids) {
        for (String id : ids) {
            queue.add(new CloudEvent(NotifiedOutcome.CERTIFICATE, id, ""));
        }
    }

    private void answer(int status) {
        answers.get(answers.size() - 1).complete(new Answer(status, status == 0 ? "no connection" : ""));
    }

    @Test
    void eventsAreSentOneAfterTheOther() {
        add("a", "b");
        assertThat(sent).containsExactly("a");
        answer(204);
        assertThat(sent).containsExactly("a", "b");
        answer(200);
        assertThat(results).containsExactly("a delivered", "b delivered");
        assertThat(queue.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 425, 429, 500, 502, 503, 504})
    void whatMaySucceedLaterIsTriedAgain(int status) {
        add("a", "b");
        for (Duration pause : EventQueue.PAUSES) {
            answer(status);
            int before = sent.size();
            time.pass(pause.minusMillis(1));
            assertThat(sent).hasSize(before);
            time.pass(Duration.ofMillis(1));
            assertThat(sent).hasSize(before + 1).containsOnly("a");
        }
        assertThat(results).isEmpty();
        answer(status);
        assertThat(results).containsExactly("a failed: " + (status == 0 ? "no connection" : "the answer is " + status));
        assertThat(sent).endsWith("b");
        answer(status);
        time.pass(EventQueue.PAUSES.get(0));
        answer(200);
        assertThat(results).endsWith("b delivered");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 308, 400, 401, 403, 404, 410, 499})
    void whatStaysWrongIsNot(int status) {
        add("a", "b");
        answer(status);
        assertThat(results).singleElement().asString().startsWith("a failed: the answer is " + status);
        assertThat(sent).containsExactly("a", "b");
        assertThat(time.timers()).isZero();
    }

    @Test
    void anEventThatFindsNoRoomIsDropped() {
        String[] ids = IntStream.rangeClosed(0, EventQueue.MOST)
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
        add(ids);
        assertThat(results).containsExactly(EventQueue.MOST + " dropped");
        answer(200);
        add("later");
        assertThat(results).containsExactly(EventQueue.MOST + " dropped", "0 delivered");
    }

    @Test
    void atTheEndEachIsSentOnceAtMost() {
        add("a", "b", "c");
        answer(503);
        queue.hurry();
        assertThat(results).containsExactly("a failed: the server ends");
        assertThat(sent).containsExactly("a", "b");
        answer(503);
        assertThat(results).containsExactly("a failed: the server ends", "b failed: the answer is 503");
        queue.close("over");
        assertThat(results).endsWith("c failed: over");
        answer(200);
        time.pass(Duration.ofHours(1));
        assertThat(results).hasSize(3);
        assertThat(sent).containsExactly("a", "b", "c");
    }
}
