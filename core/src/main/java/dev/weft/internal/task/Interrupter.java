package dev.weft.internal.task;

import dev.weft.internal.runtime.RealTime;
import dev.weft.internal.runtime.TimerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the thread that interrupts a strand. An interrupt that closes a channel may take long: that may delay the
 * strand itself and whoever asks it to stop, and nobody else.
 *
 * <p>So the requester's thread sends it, unless that serves strangers: the timer thread, and a turn of an event loop
 * whose target is in a foreign call. These hand it to {@link InterruptThreads}.
 *
 * <p>An instance collects the interrupts of one call that stops many. Its thread sends them one after the other; as
 * soon as one takes longer than {@link #SLOW}, the others are handed on.
 */
public final class Interrupter {

    /** An interrupt takes microseconds if it closes nothing. */
    static final Duration SLOW = Duration.ofMillis(5);

    private final ArrayList<Cancellable> targets = new ArrayList<>(0);

    /** The first one that nobody has taken. */
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Asks many to stop, and then sends the interrupts: also if {@code asking} fails half-way, as those that it has
     * asked wait for theirs.
     *
     * @param asking hands what it is given to each {@link Cancellable#request(Request, Interrupter)}
     */
    public static void askMany(Consumer<? super Interrupter> asking) {
        var interrupter = new Interrupter();
        try {
            asking.accept(interrupter);
        } finally {
            interrupter.sendAll();
        }
    }

    /**
     * {@code target} is marked: it is to be interrupted by the calling thread.
     *
     * @param later collects it, if many are stopped
     */
    static void send(Cancellable target, @Nullable Interrupter later) {
        if (RealTime.isTimerThread() || (target.scheduler().takesTurns() && target.isOutside())) {
            InterruptThreads.send(target);
        } else if (later == null || !later.add(target)) {
            target.sendInterrupts();
        }
    }

    private boolean add(Cancellable target) {
        try {
            return targets.add(target);
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** Sends all that were collected. Once, by the thread that has collected them. */
    private void sendAll() {
        var size = targets.size();
        if (size == 0) {
            return;
        }
        var timer = size == 1 ? null : setTimer();
        for (var target = take(); target != null; target = take()) {
            target.sendInterrupts();
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    private @Nullable TimerHandle setTimer() {
        try {
            return RealTime.schedule(SLOW.toNanos(), this::handOn);
        } catch (Throwable e) {
            return null; // then one after the other
        }
    }

    private void handOn() {
        for (var target = take(); target != null; target = take()) {
            InterruptThreads.send(target);
        }
    }

    private @Nullable Cancellable take() {
        var index = next.getAndIncrement();
        return index < targets.size() ? targets.get(index) : null;
    }
}
