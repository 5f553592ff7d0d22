package dev.weft.cli.http;

import dev.weft.cli.files.Untrusted;
import dev.weft.cli.model.FetchProgress;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body, and counts it. One that is wanted is read to its end and handed on; that it gets too long or cannot be
 * handed on is a failure. Of one that is not wanted, as much is read as makes the connection worth keeping; how it ends
 * does not matter. The result is the number of bytes.
 */
final class BodyReader implements BodySubscriber<Long> {

    /** A longer body costs more than a new connection. */
    private static final long WORTH_READING = 64 * 1024;

    private final FetchProgress progress;
    private final BodySink sink;
    private final long limit;
    private final boolean wanted;
    private final @Nullable Unpacking unpacking;
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long count;

    private BodyReader(
            FetchProgress progress, BodySink sink, long limit, boolean wanted, @Nullable Unpacking unpacking) {
        this.progress = progress;
        this.sink = sink;
        this.limit = limit;
        this.wanted = wanted;
        this.unpacking = unpacking;
    }

    /** Reads one of at most {@code limit} bytes into {@code sink}; undoes the coding of which the head speaks. */
    static BodySubscriber<Long> wanted(FetchProgress progress, BodySink sink, long limit, ResponseInfo head) {
        var unknown = Unpacking.unknown(head.headers());
        if (unknown != null) {
            progress.note("packed as " + unknown + ", and left so");
        }
        return new BodyReader(progress, sink, limit, true, Unpacking.of(head.headers()));
    }

    /** Reads one that nobody wants to have. */
    static BodySubscriber<Long> unwanted(FetchProgress progress) {
        return new BodyReader(progress, BodySink.NOWHERE, WORTH_READING, false, null);
    }

    /** Does not read at all; because of this, if it is not null. */
    static BodySubscriber<Long> refuse(@Nullable IOException reason) {
        return new Refusal(reason);
    }

    @Override
    public CompletionStage<Long> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        // nothing piles up: what arrives is handed on at once
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (end.isDone()) {
            return;
        }
        try {
            for (var buffer : buffers) {
                if (unpacking == null) {
                    take(buffer);
                } else {
                    unpacking.write(buffer, this::take);
                }
            }
        } catch (IOException e) {
            stop(e);
        } catch (OutOfMemoryError e) {
            stop(Untrusted.TooMuchException.of(e));
        }
    }

    private void take(ByteBuffer buffer) throws IOException {
        count += buffer.remaining();
        progress.read(buffer.remaining());
        if (count > limit) {
            throw TooLargeException.beyond(limit);
        }
        sink.write(buffer);
    }

    private void stop(IOException failure) {
        if (subscription != null) {
            subscription.cancel();
        }
        fail(failure);
    }

    @Override
    public void onError(Throwable failure) {
        fail(failure);
    }

    private void fail(Throwable failure) {
        free();
        if (wanted) {
            end.completeExceptionally(failure);
        } else {
            end.complete(count);
        }
    }

    @Override
    public void onComplete() {
        try {
            if (unpacking != null && !end.isDone()) {
                unpacking.end();
                if (!unpacking.wasPacked()) {
                    progress.note("not packed, though its Content-Encoding says so");
                }
            }
            free();
            end.complete(count);
        } catch (IOException e) {
            fail(e);
        }
    }

    private void free() {
        if (unpacking != null) {
            unpacking.close();
        }
    }

    private record Refusal(@Nullable IOException reason) implements BodySubscriber<Long> {

        @Override
        public CompletionStage<Long> getBody() {
            return reason == null ? CompletableFuture.completedFuture(0L) : CompletableFuture.failedFuture(reason);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
