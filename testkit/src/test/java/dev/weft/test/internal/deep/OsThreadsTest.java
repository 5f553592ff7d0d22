package dev.weft.test.internal.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class OsThreadsTest {

    private volatile boolean ended;

    /** Whether it runs at this moment or waits for a processor makes no difference, as long as it wants to run. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void threadThatComputes_isRunnable_andOneThatWaitsIsNot() throws Exception {
        var added = new CountDownLatch(2);
        var computing = new Thread(() -> {
            OsThreads.add();
            added.countDown();
            while (!ended) {
                Thread.onSpinWait();
            }
        });
        var waiting = new Thread(() -> {
            OsThreads.add();
            added.countDown();
            while (!ended) {
                LockSupport.park();
            }
        });
        computing.start();
        waiting.start();
        added.await();
        try {
            while (!OsThreads.isRunnable(computing) || OsThreads.isRunnable(waiting)) {
                Thread.yield(); // until the one has come to its wait, and no pause of the JVM has the other one wait
            }
            assertThat(OsThreads.areAnyRunnable(List.of(waiting))).isFalse();
        } finally {
            ended = true;
            LockSupport.unpark(waiting);
            computing.join();
            waiting.join();
        }
    }

    @Test
    void threadThatIsNotKnown_isNotSaidToRun() {
        assertThat(OsThreads.isRunnable(Thread.currentThread())).isFalse();
    }
}
