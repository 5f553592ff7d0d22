package dev.weft.test.internal.hooks;

import static dev.weft.test.internal.hooks.SwitchPoints.timed;

import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TransferQueue;
import org.jspecify.annotations.Nullable;

/** Timed waits for queues. Each takes what the JDK's method takes, and returns and throws the same. */
public final class QueueWaits {

    private QueueWaits() {}

    /** In place of the JDK's. */
    @Instead(BlockingQueue.class)
    public static @Nullable Object poll(BlockingQueue<?> queue, long time, TimeUnit unit) throws InterruptedException {
        return timed(queue, "BlockingQueue.poll", time, unit, () -> queue.poll(time, unit), queue::take, queue::poll);
    }

    /** In place of the JDK's. */
    @Instead(BlockingQueue.class)
    public static boolean offer(BlockingQueue<Object> queue, Object item, long time, TimeUnit unit)
            throws InterruptedException {
        return timed(
                queue,
                "BlockingQueue.offer",
                time,
                unit,
                () -> queue.offer(item, time, unit),
                () -> {
                    queue.put(item);
                    return true;
                },
                () -> queue.offer(item));
    }

    /** In place of the JDK's, which waits for the delay of an element in real time. */
    @Instead(DelayQueue.class)
    public static Delayed take(DelayQueue<?> queue) throws InterruptedException {
        SwitchPoints.call(queue, "DelayQueue.take");
        var taken = Objects.requireNonNull(takeDelayed(queue, Long.MAX_VALUE));
        SwitchPoints.afterCall("DelayQueue.take");
        return taken;
    }

    /** Null if the deadline has come together with a delay's end. */
    private static @Nullable Delayed takeDelayed(DelayQueue<?> queue, long deadline) throws InterruptedException {
        Delayed taken;
        do {
            taken = SwitchPoints.hooks().inner(queue::take);
        } while (taken == null && SwitchPoints.hooks().nanoTime() < deadline);
        return taken == null ? queue.poll() : taken;
    }

    /** In place of the JDK's. */
    @Instead(DelayQueue.class)
    public static @Nullable Object poll(DelayQueue<?> queue, long time, TimeUnit unit) throws InterruptedException {
        var now = SwitchPoints.hooks().nanoTime();
        var deadline = now + Math.clamp(unit.toNanos(time), 0, Long.MAX_VALUE - Math.max(0, now));
        return SwitchPoints.<@Nullable Object>timed(
                queue,
                "DelayQueue.poll",
                time,
                unit,
                () -> queue.poll(time, unit),
                () -> takeDelayed(queue, deadline),
                queue::poll);
    }

    /** In place of the JDK's. */
    @Instead(BlockingDeque.class)
    public static @Nullable Object pollFirst(BlockingDeque<?> deque, long time, TimeUnit unit)
            throws InterruptedException {
        return timed(
                deque,
                "BlockingDeque.pollFirst",
                time,
                unit,
                () -> deque.pollFirst(time, unit),
                deque::takeFirst,
                deque::pollFirst);
    }

    /** In place of the JDK's. */
    @Instead(BlockingDeque.class)
    public static @Nullable Object pollLast(BlockingDeque<?> deque, long time, TimeUnit unit)
            throws InterruptedException {
        return timed(
                deque,
                "BlockingDeque.pollLast",
                time,
                unit,
                () -> deque.pollLast(time, unit),
                deque::takeLast,
                deque::pollLast);
    }

    /** In place of the JDK's. */
    @Instead(BlockingDeque.class)
    public static boolean offerFirst(BlockingDeque<Object> deque, Object item, long time, TimeUnit unit)
            throws InterruptedException {
        return timed(
                deque,
                "BlockingDeque.offerFirst",
                time,
                unit,
                () -> deque.offerFirst(item, time, unit),
                () -> {
                    deque.putFirst(item);
                    return true;
                },
                () -> deque.offerFirst(item));
    }

    /** In place of the JDK's. */
    @Instead(BlockingDeque.class)
    public static boolean offerLast(BlockingDeque<Object> deque, Object item, long time, TimeUnit unit)
            throws InterruptedException {
        return timed(
                deque,
                "BlockingDeque.offerLast",
                time,
                unit,
                () -> deque.offerLast(item, time, unit),
                () -> {
                    deque.putLast(item);
                    return true;
                },
                () -> deque.offerLast(item));
    }

    /** In place of the JDK's. */
    @Instead(TransferQueue.class)
    public static boolean tryTransfer(TransferQueue<Object> queue, Object item, long time, TimeUnit unit)
            throws InterruptedException {
        return timed(
                queue,
                "TransferQueue.tryTransfer",
                time,
                unit,
                () -> queue.tryTransfer(item, time, unit),
                () -> {
                    queue.transfer(item);
                    return true;
                },
                () -> queue.tryTransfer(item));
    }

    /** In place of the JDK's. */
    @Instead(CompletionService.class)
    public static @Nullable Future<?> poll(CompletionService<?> service, long time, TimeUnit unit)
            throws InterruptedException {
        return SwitchPoints.<@Nullable Future<?>>timed(
                service,
                "CompletionService.poll",
                time,
                unit,
                () -> service.poll(time, unit),
                () -> service.take(),
                () -> service.poll());
    }

    /** In place of the JDK's. */
    @Instead(Exchanger.class)
    public static @Nullable Object exchange(Exchanger<Object> exchanger, Object item, long time, TimeUnit unit)
            throws InterruptedException, TimeoutException {
        return timed(
                exchanger,
                "Exchanger.exchange",
                time,
                unit,
                () -> exchanger.exchange(item, time, unit),
                () -> exchanger.exchange(item),
                () -> {
                    throw new TimeoutException();
                });
    }
}
