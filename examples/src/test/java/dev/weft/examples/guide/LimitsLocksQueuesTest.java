package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static dev.weft.sync.Attempts.retry;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Deadline;
import dev.weft.sync.CapacityLimiter;
import dev.weft.sync.Lock;
import dev.weft.sync.Queue;
import dev.weft.sync.RateLimiter;
import dev.weft.sync.RetryPolicy;
import dev.weft.sync.Semaphore;
import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class LimitsLocksQueuesTest extends Page {

    private int balance;

    // snippet wrongCheckThenAct
    boolean withdrawTooMuch(int amount) throws Exception {
        if (balance >= amount) {
            fetch("audit", 10); // meanwhile, another task passes the same check
            balance -= amount;
            return true;
        }
        return false;
    }
    // end

    private final Lock lock = new Lock();

    // snippet rightLock
    boolean withdraw(int amount) throws Exception {
        try (var _ = lock.hold()) {
            if (balance >= amount) {
                fetch("audit", 10);
                balance -= amount;
                return true;
            }
            return false;
        }
    }
    // end

    @SimulationTest
    void wrong_checkThenAct() throws Exception {
        balance = 100;
        gather(() -> withdrawTooMuch(80), () -> withdrawTooMuch(80));
        assertThat(balance).isEqualTo(-60);
    }

    @SimulationTest
    void right_lock() throws Exception {
        balance = 100;
        gather(() -> withdraw(80), () -> withdraw(80));
        assertThat(balance).isEqualTo(20);
    }

    @SimulationTest
    void semaphore_boundsUse() throws Exception {
        // snippet semaphore
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var slots = new Semaphore(3);
        taskGroup(group -> {
            for (var i = 0; i < 10; i++) {
                group.createTask(() -> {
                    try (var _ = slots.hold()) { // waits for a permit; releases it at the end
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        fetch("page", 10);
                        running.decrementAndGet();
                    }
                });
            }
        });
        println(most); // 3
        // end
        assertPrinted("3");
    }

    @SimulationTest
    void queue_connectsTasks() throws Exception {
        // snippet queue
        var queue = new Queue<String>(10); // put waits while 10 items are in it
        taskGroup(group -> {
            group.createTask(() -> {
                for (var name : queue) { // ends when the queue is shut down and empty
                    println(fetch(name, 10)); // a, b
                }
            });
            queue.put("a");
            queue.put("b");
            queue.shutdown();
        });
        // end
        assertPrinted("a", "b");
    }

    @SimulationTest
    void rateLimiter_spacesCalls() throws Exception {
        var start = Deadline.now();
        // snippet rate
        var limiter = new RateLimiter(2, ofSeconds(1), 1); // 2 a second, no bursts
        for (var i = 0; i < 5; i++) {
            limiter.acquire();
            fetch("page", 0);
        }
        // end
        assertThat(start.remaining()).isEqualTo(Duration.ofSeconds(-2));
    }

    @SimulationTest
    void retry_triesAgain() throws Exception {
        // snippet retry
        var tries = new AtomicInteger();
        var policy = RetryPolicy.attempts(3).backoff(ofMillis(50), ofSeconds(1));
        var page = retry(policy, () -> fetch(tries.incrementAndGet() < 3 ? "bad host" : "page", 10));
        println(page + " after " + tries + " tries"); // page after 3 tries
        // end
        assertPrinted("page after 3 tries");
    }

    @SimulationTest
    void capacity_canChange() throws Exception {
        // snippet capacity
        var memory = new CapacityLimiter(100);
        try (var _ = memory.hold(60)) {
            println(memory.available()); // 40
            memory.setCapacity(200);
            println(memory.available()); // 140
        }
        // end
        assertPrinted("40", "140");
    }
}
