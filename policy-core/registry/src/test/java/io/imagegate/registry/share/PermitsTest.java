package io.imagegate.registry.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private final Permits permits = new Permits(10, 6, 4, () -> new IllegalStateException("too many wait"));

    @Test
    @DisplayName("a size that no number above fits beside does not let others in: a registry writes it")
    void hugeSize() {
        Permits.Permit huge = permits.take(Share.of("hostile"), Long.MAX_VALUE).join();
        CompletableFuture<Permits.Permit> other = permits.take(Share.of("other"), 1);
        assertThat(other.isDone()).isFalse();
        huge.release();
        assertThat(other.isDone()).isTrue();
    }

    @Test
    @DisplayName("what waits for one registry delays no other, and goes on in order")
    void order() {
        Permits.Permit first = permits.take(Share.of("a"), 6).join();
        CompletableFuture<Permits.Permit> second = permits.take(Share.of("a"), 1);
        CompletableFuture<Permits.Permit> third = permits.take(Share.of("a"), 1);
        assertThat(second.isDone() || third.isDone()).isFalse();
        assertThat(permits.take(Share.of("b"), 4).isDone()).isTrue();
        first.release();
        first.release();
        assertThat(second.isDone() && third.isDone()).isTrue();
    }

    @Test
    @DisplayName("one registry takes at most half of the places that are left to wait")
    void fullQueue() {
        permits.take(Share.of("a"), 6).join();
        CompletableFuture<Permits.Permit> waiting = permits.take(Share.of("a"), 1);
        CompletableFuture<Permits.Permit> last = permits.take(Share.of("a"), 1);
        assertThatThrownBy(permits.take(Share.of("a"), 1)::join).hasRootCauseMessage("too many wait");
        assertThat(permits.waiting()).isEqualTo(2);
        assertThat(waiting.isDone() || last.isDone()).isFalse();
    }

    @Test
    @DisplayName("entries take turns, however many of one wait")
    void turns() {
        Permits one = new Permits(1, 1, 16, IllegalStateException::new);
        List<String> order = new ArrayList<>();
        Permits.Permit first = one.take(Share.of("a"), 1).join();
        for (String entry : List.of("a", "a", "a", "b", "c")) {
            CompletableFuture<?> unused = one.take(Share.of(entry), 1).thenAccept(permit -> {
                order.add(entry);
                permit.release();
            });
        }
        first.release();
        assertThat(order).containsExactly("a", "b", "c", "a", "a");
    }

    @Test
    @DisplayName("users of one entry take turns, and one leaves permits to the others")
    void users() {
        Permits four = new Permits(8, 4, 16, IllegalStateException::new);
        Share many = new Share("a", "many");
        Share few = new Share("a", "few");
        List<CompletableFuture<Permits.Permit>> all = new ArrayList<>();
        // Three of four at once; of 16 places one user takes half.
        for (int i = 0; i < 3 + 8; i++) {
            all.add(four.take(many, 1));
        }
        assertThat(all.get(2)).isCompleted();
        assertThat(all.get(3)).isNotDone();
        assertThat(four.take(many, 1)).isCompletedExceptionally();
        assertThat(four.take(few, 1)).isCompleted();
        CompletableFuture<Permits.Permit> second = four.take(few, 1);
        CompletableFuture<Permits.Permit> third = four.take(few, 1);
        assertThat(second).isNotDone();
        all.get(0).join().release();
        all.get(1).join().release();
        assertThat(all.get(3)).isCompleted();
        assertThat(second).isCompleted();
        assertThat(third).isNotDone();
        assertThat(all.get(4)).isNotDone();
    }

    @Test
    @DisplayName("who waits no longer leaves the queue; who is refused at the end is told why")
    void leaving() {
        Permits.Permit first = permits.take(Share.of("a"), 6).join();
        CompletableFuture<Permits.Permit> second = permits.take(Share.of("a"), 5);
        CompletableFuture<Permits.Permit> third = permits.take(Share.of("a"), 1);
        second.cancel(false);
        assertThat(permits.waiting()).isEqualTo(1);
        permits.close(() -> new IllegalStateException("closed"));
        assertThatThrownBy(third::join).hasRootCauseMessage("closed");
        assertThatThrownBy(permits.take(Share.of("b"), 1)::join).hasRootCauseMessage("closed");
        first.release();
        assertThat(permits.used()).isZero();
    }
}
