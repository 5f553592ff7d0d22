package dev.weft.cli;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body and keeps it, if it is not longer than it may be; else its result is empty, and the rest is not read.
 */
final class KeptBody implements BodySubscriber<Optional<byte[]>> {

    private final Exchange exchange;
    private final int max;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Optional<byte[]>> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    KeptBody(Exchange exchange, int max) {
        this.exchange = exchange;
        this.max = max;
    }

    @Override
    public CompletionStage<Optional<byte[]>> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            var more = buffer.remaining();
            exchange.read(more);
            if (bytes.size() + (long) more > max) {
                bytes.reset();
                if (subscription != null) {
                    subscription.cancel();
                }
                end.complete(Optional.empty());
                return;
            }
            var part = new byte[more];
            buffer.get(part);
            bytes.writeBytes(part);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(Optional.of(bytes.toByteArray()));
    }
}
