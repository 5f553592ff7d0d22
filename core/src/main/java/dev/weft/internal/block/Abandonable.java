package dev.weft.internal.block;

import dev.weft.AbandonedCall;
import dev.weft.Body;
import dev.weft.ClosingBody;
import dev.weft.Problem;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.RealTime;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.ClosingRun;
import dev.weft.internal.task.InheritedContext;
import dev.weft.internal.task.Problems;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.Suppression;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that its caller may leave behind. On a platform thread: what ignores interrupts often holds its carrier as
 * well, and would keep other virtual threads from running.
 *
 * <p>{@link #state} goes from RUNNING to ENDED by the call, or to ABANDONED by the caller: the first decides who sees
 * the result.
 */
public final class Abandonable<T extends @Nullable Object> implements Awaitable {

    private static final int RUNNING = 0;
    private static final int ENDED = 1;
    private static final int ABANDONED = 2;

    private static final VarHandle STATE = Fields.handle(MethodHandles.lookup(), "state", int.class);

    private static final AtomicLong COUNT = new AtomicLong();
    private static final Set<Abandonable<?>> ABANDONED_CALLS = ConcurrentHashMap.newKeySet();

    private final StructuredStrand self;
    private final Problems problems;
    private final Body<T, ?> body;
    private final @Nullable ClosingRun<T, ?> made;
    private final @Nullable InheritedContext inherited;

    /** Opens when the caller that left has interrupted the call. */
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private final Thread thread;

    private volatile int state;
    private volatile long abandonedNanos;

    /** Written before the end. */
    private @Nullable T value;

    private @Nullable Throwable failure;

    private Abandonable(StructuredStrand self, Body<T, ?> body) {
        this.self = self;
        this.problems = Problems.of(self);
        this.made = body instanceof ClosingBody<T, ?> closing ? new ClosingRun<>(closing) : null;
        this.body = made == null ? body : made;
        this.inherited = InheritedContext.capture(self.inheritance);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("weft-abandonable-" + COUNT.incrementAndGet() + " " + self.name())
                .unstarted(this::run);
    }

    public static <T extends @Nullable Object, X extends Exception> T call(Body<T, X> body)
            throws InterruptedException {
        Objects.requireNonNull(body, "body");
        var self = StructuredStrand.current();
        self.checkpoint();
        return new Abandonable<T>(self, body).call();
    }

    public static List<AbandonedCall> abandonedCalls() {
        var now = RealTime.nanoTime();
        return ABANDONED_CALLS.stream()
                .map(call -> new AbandonedCall(call.thread.getName(), Duration.ofNanos(now - call.abandonedNanos)))
                .toList();
    }

    public static void forEachAbandoned(Consumer<? super Abandonable<?>> action) {
        ABANDONED_CALLS.forEach(action);
    }

    public Thread thread() {
        return thread;
    }

    /** For how long its caller has been gone. */
    public Duration abandonedFor() {
        return Duration.ofNanos(Math.max(0, RealTime.nanoTime() - abandonedNanos));
    }

    private T call() throws InterruptedException {
        thread.start();
        self.scheduler().outsideBegan();
        try {
            self.waitFor(this, Scheduler.NEVER);
        } catch (InterruptedException e) {
            abandon(e);
            throw e;
        }
        return result();
    }

    private void abandon(InterruptedException why) {
        abandonedNanos = RealTime.nanoTime();
        ABANDONED_CALLS.add(this);
        if (STATE.compareAndSet(this, RUNNING, ABANDONED)) {
            try {
                thread.interrupt();
            } catch (Throwable e) {
                interruptFailed(e);
            } finally {
                interrupted.countDown();
                self.scheduler().outsideEnded();
            }
            return;
        }
        ABANDONED_CALLS.remove(this);
        if (failure != null) {
            Suppression.add(why, failure);
        }
        if (made != null) {
            ClosingRun.close(List.of(made), why);
        }
    }

    /** By a resource that the interrupt closes, which is foreign. */
    private void interruptFailed(Throwable thrown) {
        problems.report(
                Problem.Kind.CALLBACK_FAILURE,
                "what the interrupt of the abandoned call '" + thread.getName() + "' closes has thrown",
                null,
                thrown);
    }

    private void run() {
        try {
            value = inherited == null ? body.run() : inherited.call(body);
        } catch (Throwable e) {
            failure = e;
        }
        if (STATE.compareAndSet(this, RUNNING, ENDED)) {
            self.scheduler().unpark(self);
            self.scheduler().outsideEnded();
            return;
        }
        if (made != null) {
            closeDropped(made);
        }
        ABANDONED_CALLS.remove(this);
        if (failure != null && !Interrupts.isSurface(failure)) {
            problems.report(
                    Problem.Kind.ABANDONED_FAILURE,
                    "the abandoned call '" + thread.getName() + "' failed",
                    null,
                    failure);
        }
    }

    /** Nobody gets the value. The interrupt was for the call: it must not reach the closer. */
    private void closeDropped(ClosingRun<T, ?> dropped) {
        var sent = false;
        while (!sent) {
            try {
                interrupted.await();
                sent = true;
            } catch (InterruptedException e) {
                // that is the one
            }
        }
        var _ = Thread.interrupted();
        try {
            dropped.close();
        } catch (Throwable e) {
            problems.report(
                    Problem.Kind.ABANDONED_FAILURE,
                    "the value of the abandoned call '" + thread.getName() + "' could not be closed",
                    null,
                    e);
        }
    }

    @SuppressWarnings("NullAway") // null is a value if the body's type says so
    private T result() {
        if (failure != null) {
            if (made != null) {
                ClosingRun.close(List.of(made), failure); // a propagator has failed after the body
            }
            throw Sneaky.rethrow(failure);
        }
        return value;
    }

    @Override
    public boolean isReady() {
        return state == ENDED;
    }

    @Override
    public String toString() {
        return "the call on thread '" + thread.getName() + "', which can be abandoned";
    }
}
