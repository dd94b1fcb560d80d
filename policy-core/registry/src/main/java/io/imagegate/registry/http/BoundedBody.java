package io.imagegate.registry.http;

import io.imagegate.registry.content.Failure;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body up to a limit, which is checked before anything is kept: first what the registry declares, then each
 * piece. The time that a body takes is limited by the {@link Flight}, since the client's timeout ends with the headers.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final Flight flight;
    private final long limit;
    private final boolean cut;
    private final @Nullable Failure refused;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final List<byte[]> pieces = new ArrayList<>();
    private @Nullable Subscription subscription;
    private int length;

    private BoundedBody(Flight flight, long limit, boolean cut, @Nullable Failure refused) {
        this.flight = flight;
        this.limit = limit;
        this.cut = cut;
        this.refused = refused;
    }

    /** A body that is wanted: more than the limit is a failure. */
    static BoundedBody whole(Flight flight, long limit, long declared) {
        return new BoundedBody(flight, limit, false, declared > limit ? tooLong(limit) : null);
    }

    /** A body of which nothing is read. */
    static BoundedBody refused(Flight flight, Failure failure) {
        return new BoundedBody(flight, 0, false, failure);
    }

    /** A body that is not wanted; short ones are read, so that the connection can be used again. */
    static BoundedBody ignored(Flight flight, long limit) {
        return new BoundedBody(flight, limit, true, null);
    }

    private static Failure tooLong(long limit) {
        return Failure.undecidable("the answer is longer than " + limit + " bytes");
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (refused == null) {
            given.request(Long.MAX_VALUE);
        } else {
            fail(refused);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (body.isDone()) {
            return;
        }
        long more = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (length + more > limit) {
            end();
        } else if (!flight.take(more)) {
            fail(Failure.undecidable("the memory for answers that are being read (bodyBytes) is full, so try again"));
        } else {
            keep(buffers, (int) more);
        }
    }

    private void end() {
        if (cut) {
            cancel();
            onComplete();
        } else {
            fail(tooLong(limit));
        }
    }

    private void keep(List<ByteBuffer> buffers, int more) {
        byte[] piece = new byte[more];
        int at = 0;
        for (ByteBuffer buffer : buffers) {
            int bytes = buffer.remaining();
            buffer.get(piece, at, bytes);
            at += bytes;
        }
        pieces.add(piece);
        length += more;
    }

    private void fail(Failure failure) {
        cancel();
        pieces.clear();
        body.completeExceptionally(failure);
    }

    private void cancel() {
        Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        pieces.clear();
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, whole, at, piece.length);
            at += piece.length;
        }
        pieces.clear();
        body.complete(whole);
    }
}
