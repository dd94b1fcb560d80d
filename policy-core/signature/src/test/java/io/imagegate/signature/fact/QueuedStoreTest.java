package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.share.Permits;
import io.imagegate.registry.share.Share;
import io.imagegate.signature.search.SignatureStore;
import io.imagegate.signature.search.StoredDescriptor;
import io.imagegate.signature.search.StoredManifest;
import io.imagegate.signature.search.StoredReferrers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which bodies a search asks for at once, and which wait for memory. */
class QueuedStoreTest {

    private static final long LARGE = SignatureStore.SMALL + 1L;

    private final List<Long> asked = new ArrayList<>();
    private final Permits bodies = new Permits(LARGE, LARGE, 4, IllegalStateException::new);
    private final QueuedStore first = queued();
    private final QueuedStore second = queued();

    /** A repository that says which bodies it was asked for. */
    private final class Store implements SignatureStore {

        @Override
        public CompletableFuture<Fact<StoredManifest>> tagged(String tag) {
            throw new AssertionError(tag);
        }

        @Override
        public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
            throw new AssertionError(digest);
        }

        @Override
        public CompletableFuture<Fact<StoredReferrers>> referrers(Digest image) {
            throw new AssertionError(image);
        }

        @Override
        public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
            asked.add(descriptor.size());
            return CompletableFuture.completedFuture(Fact.known(new byte[0]));
        }
    }

    private QueuedStore queued() {
        return new QueuedStore(new Store(), Runnable::run, bodies, Share.of("registry"));
    }

    private static StoredDescriptor body(long size) {
        return new StoredDescriptor("any", Digest.parse("sha256:" + "0".repeat(64)), size, Map.of());
    }

    private static void end(QueuedStore search) {
        search.end("over");
        search.release();
    }

    @Test
    @DisplayName("a large body waits until there is memory, a small one does not")
    void waiting() {
        assertThat(first.blob(body(LARGE))).isDone();
        CompletableFuture<Fact<byte[]>> large = second.blob(body(LARGE));
        assertThat(second.blob(body(SignatureStore.SMALL))).isDone();
        assertThat(large).isNotDone();
        assertThat(asked).containsExactly(LARGE, (long) SignatureStore.SMALL);
        end(first);
        assertThat(large).isDone();
    }

    @Test
    @DisplayName("small bodies that are read ahead do not give back the memory of the large one before")
    void held() {
        assertThat(first.blob(body(LARGE))).isDone();
        assertThat(first.blob(body(1))).isDone();
        CompletableFuture<Fact<byte[]>> other = second.blob(body(LARGE));
        assertThat(other).isNotDone();
        CompletableFuture<Fact<byte[]>> next = first.blob(body(LARGE));
        assertThat(other).as("its turn comes first").isDone();
        assertThat(next).isNotDone();
        end(second);
        assertThat(next).isDone();
    }

    @Test
    @DisplayName(
            "a search whose time is over asks and verifies nothing more, and has its memory until its work has ended")
    void over() {
        assertThat(first.blob(body(LARGE))).isDone();
        CompletableFuture<Fact<byte[]>> waiting = second.blob(body(LARGE));
        first.end("over");
        assertThat(waiting).isNotDone();
        assertThat(first.blob(body(1)).join().reason()).isEqualTo("over");
        assertThatThrownBy(() -> first.verify(() -> asked.add(0L))).hasMessage("over");
        assertThat(asked).containsExactly(LARGE);
        second.end("over, too");
        first.release();
        assertThat(waiting.join().reason()).isEqualTo("over, too");
        assertThat(asked).as("nothing is read in vain").containsExactly(LARGE);
        second.release();
        assertThat(bodies.take(Share.of("other"), LARGE)).isDone();
    }
}
