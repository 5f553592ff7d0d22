package dev.weft.test.internal.rewrite.corpus;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Methods of a few instructions, whose switch points are counted. */
public class Small {

    /** Two fields, and a constructor that shows its object to others in the middle. */
    static class Account {
        int balance;
        volatile long total;
        final String owner;

        Account(Collection<Account> all) {
            balance = 1;
            total = balance + 1;
            owner = "me";
            all.add(this);
            balance = 2;
        }
    }

    /** Has a static initializer. */
    static class Initialized {
        static int value = Integer.parseInt("4");

        static {
            value++;
        }
    }

    private static long shared;
    private static final int FIXED = Integer.parseInt("3");
    private final Lock lock = new ReentrantLock();
    private final Account account = new Account(new ArrayList<>());
    private int count;

    public void fields() {
        account.balance += FIXED;
        account.total = 5;
        shared++;
        var unused = account.owner.length();
    }

    public void constructor() {
        new Account(new CopyOnWriteArrayList<>());
    }

    public void initializer() {
        Initialized.value = 7;
    }

    public void arrays() {
        var array = new long[] {1, 2};
        array[0] = array[1];
        var objects = new Object[1];
        objects[0] = "x";
    }

    public synchronized void monitors() throws InterruptedException {
        synchronized (lock) {
            lock.notifyAll();
        }
        wait(1);
        counted();
    }

    private static synchronized void counted() {}

    public void locks() throws InterruptedException {
        lock.lock();
        lock.unlock();
        lock.tryLock(1, TimeUnit.SECONDS);
        lock.unlock();
    }

    public void collections() {
        Map<String, Integer> concurrent = new ConcurrentHashMap<>();
        Map<String, Integer> plain = new HashMap<>();
        List<Integer> fixed = List.of(1);
        concurrent.put("a", 1);
        plain.put("a", 1);
        fixed.get(0);
    }

    public void references() throws Exception {
        var queue = new LinkedBlockingQueue<String>();
        Executor direct = Runnable::run;
        direct.execute(() -> queue.add("a"));
        Callable<String> take = queue::take;
        take.call();
        TimeUnit unit = TimeUnit.NANOSECONDS;
        unit.sleep(1);
        var serializable = (Supplier<Integer> & Serializable) new AtomicInteger()::get;
        var unused = serializable.get();
    }

    public void threads() throws InterruptedException {
        var thread = new Thread(() -> count++);
        thread.start();
        thread.join();
        Thread.ofVirtual().start(() -> {}).join();
        Thread.onSpinWait();
    }

    public void outside() {
        CompletableFuture.runAsync(() -> {}).join();
        var unused = List.of(1).parallelStream().count();
        java.util.Arrays.parallelSort(new int[1]);
        new java.util.Timer(true).cancel();
        java.util.concurrent.ForkJoinPool.commonPool();
    }

    public List<Object> time() throws InterruptedException {
        var start = System.nanoTime();
        Thread.sleep(java.time.Duration.ofHours(1));
        return List.of(
                System.nanoTime() - start,
                System.currentTimeMillis(),
                java.time.Instant.now(),
                java.time.LocalDateTime.now(java.time.ZoneOffset.UTC),
                java.time.Clock.systemUTC().millis(),
                new java.util.Date().getTime());
    }
}
