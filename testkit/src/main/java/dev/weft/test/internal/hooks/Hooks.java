package dev.weft.test.internal.hooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides at the switch points of rewritten classes, and about their clocks, waits and threads. Every method's default
 * does what the class would have done unchanged.
 *
 * <p>There is one for the whole JVM, called by any thread of a rewritten class: it must tell by the thread whether that
 * belongs to a simulation. Where the class stands is not passed: a stack walk says it to whoever needs it, and the
 * others pay nothing.
 */
public interface Hooks {

    /** The hooks that change nothing. */
    Hooks NONE = new Hooks() {};

    /**
     * Lets another strand go on. Must never park: a park uses up a permit that the program has been given. Must not
     * call methods of the subject, which are the user's and have points of their own.
     *
     * @param kind the kind of place
     * @param subject the object that is used there, if there is one
     * @param what the field or the method, as {@code Account.balance}
     */
    default void point(Point kind, @Nullable Object subject, String what) {}

    /** A class is about to be used in a way that initializes it. May do so; throws what its initializer throws. */
    default void initialize(Class<?> type) {}

    /** The calling thread begins the static initializer of a class. */
    default void begins(Class<?> type) {}

    /** The calling thread is at the end of the static initializer of a class. */
    default void ends(Class<?> type) {}

    /** Says that a class is about to use something that no simulation controls. */
    default void outside(String what) {}

    /** {@link System#nanoTime()}. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** {@link System#currentTimeMillis()}. */
    default long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    /** {@link Instant#now()}. */
    default Instant now() {
        return Instant.now();
    }

    /** {@link Thread#sleep(Duration)}; the time may be zero. */
    default void sleep(long nanos) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(nanos));
    }

    /** {@link Thread#onSpinWait()}. */
    default void onSpinWait() {
        Thread.onSpinWait();
    }

    /** Waits for at most some time. Throws what the wait throws. */
    default <T extends @Nullable Object> T timed(TimedWait<T> wait) throws Exception {
        return wait.original().call();
    }

    /**
     * A wait of the JDK's without a limit, which waits for limits of its own within.
     *
     * @return its result; or null if one of these was reached, and the wait should begin anew
     */
    default <T> @Nullable T inner(Interruptible<T> wait) throws InterruptedException {
        return wait.call();
    }

    /**
     * A wait that an interrupt ends.
     *
     * @param <T> the result of the wait
     */
    interface Interruptible<T> {
        /** Waits. */
        T call() throws InterruptedException;
    }

    /** Waits until {@code executor} has ended, however long that takes. @return whether it has */
    default boolean awaitTermination(ExecutorService executor) throws InterruptedException {
        return executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /** {@link Thread#interrupt()} of {@code thread}. */
    default void interrupt(Thread thread) {
        thread.interrupt();
    }

    /** {@link LockSupport#parkNanos(Object, long)} of a positive time. */
    default void parkNanos(@Nullable Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }

    /**
     * Runs an action after some time.
     *
     * @return takes the action back; or null if the JDK's own timer should be used
     */
    default @Nullable Runnable later(long nanos, Runnable action) {
        return null;
    }

    /** A thread in place of a new platform thread, not started yet; or null for the platform thread. */
    default @Nullable Thread newThread(@Nullable ThreadGroup group, Runnable task, @Nullable String name) {
        return null;
    }

    /** A thread that is to run what {@code thread} would, not started yet; or null for {@code thread} itself. */
    default @Nullable Thread inPlaceOf(Thread thread) {
        return null;
    }

    /** Starts another thread that runs what {@code thread} would, if that is wanted. @return whether it is */
    default boolean startsInPlaceOf(Thread thread) {
        return false;
    }

    /** The thread that runs in place of {@code thread}; or null. */
    default @Nullable Thread standIn(Thread thread) {
        return null;
    }

    /** The thread in place of which {@code running} runs; or null. */
    default @Nullable Thread runsInPlaceOf(Thread running) {
        return null;
    }

    /** Where the program's threads for the end of the JVM are kept; or null for the JVM. */
    default @Nullable Set<Thread> shutdownHooks() {
        return null;
    }

    /** The factory of a thread pool that was given none; or null for the JDK's own. */
    default @Nullable ThreadFactory poolThreads() {
        return null;
    }

    /** The executor in place of the common pool; or null for the common pool. */
    default @Nullable Executor asyncExecutor() {
        return null;
    }

    /** The numbers that the program's random numbers are drawn from; or null for the JDK's. */
    default @Nullable RandomGenerator random() {
        return null;
    }

    /** Whether parallel streams may be parallel, in the common pool. */
    default boolean parallelStreams() {
        return true;
    }
}
