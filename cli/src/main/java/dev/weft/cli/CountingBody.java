package dev.weft.cli;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads a body to its end, counts it and keeps nothing. Its result is the number of bytes. */
final class CountingBody implements BodySubscriber<Long> {

    private final Exchange exchange;
    private long count;
    private final CompletableFuture<Long> end = new CompletableFuture<>();

    CountingBody(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        // nothing piles up: what arrives is counted and dropped
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            count += buffer.remaining();
            exchange.read(buffer.remaining());
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(count);
    }
}
