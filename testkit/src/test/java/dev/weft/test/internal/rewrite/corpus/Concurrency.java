package dev.weft.test.internal.rewrite.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;

/** The library: locks, queues, futures, threads and clocks. Each method says what it has seen. */
public class Concurrency {

    /** A lock of its own, on methods that it inherits. */
    private static final class Mutex extends AbstractQueuedSynchronizer {
        @Override
        protected boolean tryAcquire(int ignored) {
            return compareAndSetState(0, 1);
        }

        @Override
        protected boolean tryRelease(int ignored) {
            setState(0);
            return true;
        }

        String state() {
            acquire(1);
            try {
                return "held" + getState();
            } finally {
                release(1);
            }
        }
    }

    /** A thread that sleeps by the name it inherits. */
    private static final class Sleeper extends Thread {
        private volatile boolean slept;

        Sleeper(String name) {
            super(name);
        }

        @Override
        public void run() {
            try {
                sleep(1);
                slept = true;
            } catch (InterruptedException e) {
                interrupt();
            }
        }
    }

    /** Hides a static method of Thread. */
    private static final class Own extends Thread {
        static String slept = "";

        @SuppressWarnings("all")
        public static void sleep(long millis) {
            slept = "own" + millis;
        }
    }

    /** A queue whose timed wait is its own. */
    private static final class OwnQueue extends LinkedBlockingQueue<String> {
        @Override
        public String poll(long time, TimeUnit unit) throws InterruptedException {
            return "own " + super.poll(time, unit);
        }
    }

    private static final VarHandle COUNT;
    private static final AtomicLongFieldUpdater<Concurrency> TOTAL =
            AtomicLongFieldUpdater.newUpdater(Concurrency.class, "total");

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(Concurrency.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int count;
    private volatile long total;

    public String handles() {
        var swapped = COUNT.compareAndSet(this, 0, 5);
        var before = (int) COUNT.getAndAdd(this, 2);
        COUNT.setVolatile(this, before + 1);
        TOTAL.addAndGet(this, 1L << 33);
        return swapped + " " + before + " " + (int) COUNT.getVolatile(this) + " " + TOTAL.get(this) + " "
                + TOTAL.compareAndSet(this, 1, 2);
    }

    public String locks() throws Exception {
        var lock = new ReentrantLock();
        var condition = lock.newCondition();
        var out = new StringBuilder();
        lock.lock();
        try {
            out.append(condition.await(1, TimeUnit.MILLISECONDS)).append(condition.awaitNanos(1) <= 0);
            out.append(condition.awaitUntil(new Date(0)));
        } finally {
            lock.unlock();
        }
        out.append(lock.tryLock(1, TimeUnit.SECONDS)).append(lock.isHeldByCurrentThread());
        lock.unlock();
        var stamped = new StampedLock();
        var stamp = stamped.tryWriteLock(1, TimeUnit.SECONDS);
        out.append(stamped.tryReadLock(1, TimeUnit.MILLISECONDS));
        stamped.unlock(stamp);
        try {
            lock.unlock();
        } catch (IllegalMonitorStateException e) {
            out.append("not held");
        }
        return out.append(new Mutex().state()).toString();
    }

    public String queues() throws Exception {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
        var deque = new LinkedBlockingDeque<String>(1);
        var transfer = new LinkedTransferQueue<String>();
        var out = new ArrayList<Object>();
        out.add(queue.offer("a", 1, TimeUnit.SECONDS));
        out.add(queue.offer("b", 1, TimeUnit.MILLISECONDS));
        out.add(queue.poll(1, TimeUnit.SECONDS));
        out.add(queue.poll(1, TimeUnit.MILLISECONDS));
        out.add(queue.poll(0, TimeUnit.MILLISECONDS));
        out.add(deque.offerFirst("c", 1, TimeUnit.SECONDS));
        out.add(deque.offerLast("d", 1, TimeUnit.MILLISECONDS));
        out.add(deque.pollFirst(1, TimeUnit.SECONDS));
        out.add(deque.pollLast(1, TimeUnit.MILLISECONDS));
        out.add(transfer.tryTransfer("e", 1, TimeUnit.MILLISECONDS));
        var own = new OwnQueue();
        own.add("f");
        BlockingQueue<String> typed = own;
        out.add(typed.poll(1, TimeUnit.SECONDS));
        out.add(own.poll(1, TimeUnit.MILLISECONDS));
        Callable<String> taking = queue::take;
        queue.put("g");
        out.add(taking.call());
        return out.toString();
    }

    public String maps() {
        Map<String, Integer> typed = new ConcurrentHashMap<>();
        typed.put("a", 1);
        typed.merge("a", 2, Integer::sum);
        typed.computeIfAbsent("b", key -> typed.size() * 10);
        var plain = new HashMap<>(typed);
        plain.putIfAbsent("c", plain.get("a"));
        var list = Collections.synchronizedList(new ArrayList<>(plain.values()));
        list.sort(null);
        var sum = 0;
        for (Iterator<Integer> each = list.iterator(); each.hasNext(); ) {
            sum += each.next();
        }
        for (var entry : typed.entrySet()) {
            entry.setValue(entry.getValue() + 1);
        }
        plain.replaceAll((key, value) -> value * 2);
        List.of(1, 2).forEach(list::add);
        return typed + " " + plain + " " + list + " " + sum;
    }

    public String futures() throws Exception {
        var out = new StringBuilder();
        var future = CompletableFuture.supplyAsync(() -> 20)
                .thenApplyAsync(value -> value + 1)
                .thenCombineAsync(CompletableFuture.completedFuture(2), (a, b) -> a * b);
        out.append(future.get(30, TimeUnit.SECONDS)).append(' ');
        try {
            new CompletableFuture<String>().get(1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            out.append("timeout ");
        }
        out.append(new CompletableFuture<String>()
                        .orTimeout(1, TimeUnit.MILLISECONDS)
                        .exceptionally(e -> e.getClass().getSimpleName())
                        .get())
                .append(' ');
        out.append(new CompletableFuture<String>()
                .completeOnTimeout("late", 1, TimeUnit.MILLISECONDS)
                .get());
        CompletableFuture.runAsync(
                        () -> out.append(" delayed"), CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS))
                .get();
        return out.toString();
    }

    public String executors() throws Exception {
        var out = new ArrayList<Object>();
        try (ExecutorService fixed = Executors.newFixedThreadPool(2);
                ExecutorService own = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
                ExecutorService rejecting = new ThreadPoolExecutor(
                        1,
                        1,
                        1,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new ThreadPoolExecutor.CallerRunsPolicy());
                var scheduled = new ScheduledThreadPoolExecutor(1);
                var stealing = Executors.newWorkStealingPool(1)) {
            out.add(fixed.submit(() -> 1).get(30, TimeUnit.SECONDS));
            out.add(own.submit(() -> 2).get());
            out.add(rejecting.submit(() -> 3).get());
            out.add(scheduled.schedule(() -> 4, 1, TimeUnit.MILLISECONDS).get());
            out.add(stealing.submit(() -> 5).get());
            var completion = new ExecutorCompletionService<Integer>(fixed);
            completion.submit(() -> 6);
            out.add(completion.poll(30, TimeUnit.SECONDS).get());
            out.add(completion.poll(1, TimeUnit.MILLISECONDS));
            out.add(fixed.awaitTermination(1, TimeUnit.MILLISECONDS));
            own.shutdown();
            out.add(own.awaitTermination(30, TimeUnit.SECONDS));
        }
        out.add(List.of(1, 2, 3).parallelStream().mapToInt(each -> each).sum());
        out.add(IntStream.range(0, 10).parallel().map(each -> each * 2).sum());
        return out.toString();
    }

    public String synchronizers() throws Exception {
        var out = new ArrayList<Object>();
        var semaphore = new Semaphore(1);
        out.add(semaphore.tryAcquire(1, TimeUnit.SECONDS));
        out.add(semaphore.tryAcquire(2, 1, TimeUnit.MILLISECONDS));
        out.add(new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS));
        var barrier = new CyclicBarrier(2);
        try {
            barrier.await(1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            out.add("late" + barrier.isBroken());
        }
        try {
            barrier.await(1, TimeUnit.MILLISECONDS);
        } catch (BrokenBarrierException e) {
            out.add("broken");
        }
        try {
            new Exchanger<String>().exchange("x", 1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            out.add("nobody");
        }
        var phaser = new Phaser(1);
        try {
            phaser.awaitAdvanceInterruptibly(0, 1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            out.add("phase" + phaser.getPhase());
        }
        return out.toString();
    }

    public String threads() throws Exception {
        var out = new ArrayList<Object>();
        var counter = new AtomicInteger();
        var threads = List.of(
                new Thread(counter::incrementAndGet),
                new Thread(counter::incrementAndGet, "named"),
                new Thread(counter.get() > 100 ? null : () -> counter.addAndGet(10)),
                Thread.ofVirtual().unstarted(counter::incrementAndGet),
                new Thread((ThreadGroup) null, () -> counter.addAndGet(100), new Thread("nested").getName(), 0));
        for (var thread : threads) {
            thread.start();
            thread.join(30_000);
        }
        out.add(counter.get());
        out.add(threads.get(1).getName());
        var sleeper = new Sleeper("sleeper");
        sleeper.start();
        sleeper.join(30_000, 1);
        out.add(sleeper.getName() + sleeper.slept);
        out.add(new Thread("idle").getState());
        out.add(new Thread().isAlive());
        Own.sleep(5);
        out.add(Own.slept);
        out.add(Thread.ofPlatform().start(() -> {}).join(Duration.ofSeconds(30)));
        out.add(Thread.startVirtualThread(counter::incrementAndGet).join(Duration.ofSeconds(30)));
        var factory = (java.util.function.Function<Runnable, Thread>) Thread::new;
        var made = factory.apply(counter::incrementAndGet);
        made.start();
        made.join();
        out.add(counter.get());
        try {
            Thread.sleep(-1);
        } catch (IllegalArgumentException e) {
            out.add(e.getMessage());
        }
        Thread.sleep(0, 1);
        Thread.sleep(Duration.ofNanos(-5));
        TimeUnit.MICROSECONDS.sleep(1);
        LockSupport.unpark(Thread.currentThread());
        LockSupport.parkNanos(this, 30_000_000_000L);
        LockSupport.parkUntil(1);
        Thread.currentThread().interrupt();
        out.add(Thread.interrupted());
        return out.toString();
    }

    public synchronized String monitors() throws Exception {
        var out = new ArrayList<Object>();
        wait(1);
        wait(0, 1);
        TimeUnit.MILLISECONDS.timedWait(this, 1);
        out.add(Thread.holdsLock(this));
        out.add(statically(3L, 0.5));
        notifyAll();
        var other = new Object();
        synchronized (other) {
            other.notify();
            other.wait(0, 1);
        }
        try {
            other.notify();
        } catch (IllegalMonitorStateException e) {
            out.add("not owner");
        }
        try {
            throwing("thrown");
        } catch (IllegalStateException e) {
            out.add(e.getMessage() + Thread.holdsLock(Concurrency.class));
        }
        Callable<Integer> reference = this::counted;
        out.add(reference.call());
        return out.toString();
    }

    private static synchronized double statically(long a, double b) {
        a += Thread.holdsLock(Concurrency.class) ? 1 : 0;
        return a * b;
    }

    private static synchronized void throwing(String text) {
        if (!text.isEmpty()) {
            throw new IllegalStateException(text + Thread.holdsLock(Concurrency.class));
        }
    }

    private synchronized int counted() {
        for (int i = 0; i < 3; i++) {
            if (i == 2) {
                return ++count;
            }
        }
        return -1;
    }

    public String clocks() {
        var nanos = System.nanoTime();
        return (System.nanoTime() - nanos >= 0) + " " + (System.currentTimeMillis() > 1_700_000_000_000L) + " "
                + Clock.systemUTC() + " " + (new Date().getTime() > 1_700_000_000_000L) + " "
                + (LocalDate.now().getYear() > 2020);
    }
}
