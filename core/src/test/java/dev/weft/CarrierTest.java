package dev.weft;

import static dev.weft.Weft.blocking;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.runtime.CustomScheduling;
import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.LoopThreads;
import dev.weft.sync.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An event loop on one carrier. That it keeps the contract, the whole of the tests shows with {@code -Dtests.carried};
 * here is what threads do to it that the JDK's own scheduler is not bothered by.
 */
@Timeout(60)
class CarrierTest {

    private static final int TASKS = 20;

    /** Not skipped: the build gives the option, and a JDK that does not fit must be seen. */
    @BeforeAll
    static void isAvailable() {
        assertThat(CustomScheduling.whyNot()).isEmpty();
    }

    private static <X extends Exception> void run(VoidBody<X> main) throws X, InterruptedException {
        var problems = new ArrayList<Problem>();
        try (var runner = Runner.builder()
                .signals(false)
                .onProblem(problems::add)
                .runtime(() -> {
                    var loop = EventLoopScheduler.open(LoopThreads.CARRIER);
                    return WeftRuntime.of(loop, loop::close);
                })
                .build()) {
            runner.run(main);
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void tasksRunOnOneThread_andSayWhich() throws Exception {
        run(() -> {
            var carriers = new ArrayList<Thread>();
            gather(List.of(
                    () -> carriers.add(CustomScheduling.currentCarrier()),
                    () -> {
                        sleep(Duration.ofMillis(1));
                        return carriers.add(CustomScheduling.currentCarrier());
                    },
                    () -> carriers.add(CustomScheduling.currentCarrier())));
            assertThat(carriers).hasSize(3).allMatch(each -> each == carriers.getFirst());
            assertThat(carriers.getFirst().getName()).startsWith("weft-carrier-");
            assertThat(Weft.dump().toString()).contains("on one carrier");
        });
    }

    /** What blocks in {@code blocking} leaves the carrier, and is back on it after its next wait at the latest. */
    @Test
    void blockingLeavesTheCarrier() throws Exception {
        run(() -> {
            var home = CustomScheduling.currentCarrier();
            var latch = new CountDownLatch(1);
            var waiting = createTask(() -> {
                var away = blocking(() -> {
                    latch.await();
                    return CustomScheduling.currentCarrier();
                });
                assertThat(away).isNotSameAs(home);
                sleep(Duration.ofMillis(1)); // a thread that had not parked yet when its turn came keeps it where it is
                assertThat(CustomScheduling.currentCarrier()).isSameAs(home);
            });
            sleep(Duration.ZERO);
            latch.countDown();
            waiting.await();
        });
    }

    private static final String ACTION = "CarrierTest.action";

    /** Runs {@code action} in the initializer of a class, which pins its thread. */
    private static void pinned(Runnable action) throws ClassNotFoundException {
        System.getProperties().put(ACTION, action);
        try {
            Class.forName(Initialized.class.getName(), true, new InitializedAnew());
        } finally {
            System.getProperties().remove(ACTION);
        }
    }

    /** Loaded anew each time; its loader's other classes are not those of this test. */
    static final class Initialized {
        static {
            ((Runnable) System.getProperties().get("CarrierTest.action")).run();
        }
    }

    private static final class InitializedAnew extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Initialized.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (var in = CarrierTest.class.getResourceAsStream("CarrierTest$Initialized.class")) {
                var bytes = Objects.requireNonNull(in).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static Runnable unchecked(VoidBody<Exception> body) {
        return () -> {
            try {
                body.execute();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Test
    void pinnedTaskThatYields_doesNotKeepTheOthersFromRunning() throws Exception {
        run(() -> {
            var ran = new AtomicInteger();
            var other = createTask(() -> {
                ran.incrementAndGet();
            });
            pinned(unchecked(() -> sleep(Duration.ZERO)));
            assertThat(ran).hasValue(1);
            other.await();
        });
    }

    @Test
    void pinnedTaskThatParks_doesNotKeepTheOthersFromRunning() throws Exception {
        run(() -> {
            var other = createTask(() -> {
                sleep(Duration.ofMillis(1));
                return "ran";
            });
            var result = new CompletableFuture<String>();
            pinned(unchecked(() -> result.complete(other.await())));
            assertThat(result.get()).isEqualTo("ran");
            assertThat(createTask(() -> "again").await()).isEqualTo("again");
        });
    }

    @Test
    void pinnedTaskThatBlocks_doesNotKeepTheOthersFromRunning() throws Exception {
        run(() -> {
            var latch = new CountDownLatch(1);
            createTask(() -> latch.countDown());
            pinned(unchecked(() -> blocking(() -> latch.await())));
            assertThat(createTask(() -> "again").await()).isEqualTo("again");
        });
    }

    /** Without {@code blocking}, it holds its turn, as everywhere on an event loop; and goes on when it can. */
    @Test
    void taskThatBlocksOutside_holdsItsTurnAndGoesOn() throws Exception {
        run(() -> {
            var lock = new ReentrantLock();
            var locked = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var holder = Thread.ofPlatform().start(unchecked(() -> {
                lock.lock();
                locked.countDown();
                release.await();
                lock.unlock();
            }));
            locked.await();
            var other = createTask(() -> "ran");
            var opener = Thread.ofPlatform().start(unchecked(() -> {
                while (!lock.hasQueuedThreads()) {
                    Thread.onSpinWait();
                }
                release.countDown();
            }));
            lock.lock();
            lock.unlock();
            synchronized (lock) {
                Thread.sleep(1);
                Thread.yield();
            }
            assertThat(other.isDone()).isFalse();
            assertThat(other.await()).isEqualTo("ran");
            holder.join();
            opener.join();
        });
    }

    /** An unpark of the user's is a spurious wake-up, which each wait of Weft's takes. */
    @Test
    void unparksOfOthers_endNoWait() throws Exception {
        run(() -> {
            var stop = new AtomicBoolean();
            var gate = new Event();
            var waiting = new ArrayList<Task<Thread>>();
            var threads = new CopyOnWriteArrayList<Thread>();
            for (var i = 0; i < TASKS; i++) {
                waiting.add(createTask(() -> {
                    threads.add(Thread.currentThread());
                    gate.await();
                    return Thread.currentThread();
                }));
            }
            sleep(Duration.ZERO);
            var disturber = Thread.ofPlatform().start(() -> {
                while (!stop.get()) {
                    threads.forEach(LockSupport::unpark);
                }
            });
            for (var i = 0; i < 500; i++) {
                sleep(Duration.ZERO);
                assertThat(waiting).noneMatch(Task::isDone);
            }
            gate.set();
            for (var i = 0; i < TASKS; i++) {
                assertThat(waiting.get(i).await()).isSameAs(threads.get(i));
            }
            stop.set(true);
            blocking(() -> disturber.join());
        });
    }

    /** A look at a stack suspends the thread for a moment, and has it go on as if it had been unparked. */
    @Test
    void looksAtStacks_loseNoTurn() throws Exception {
        run(() -> {
            var stop = new AtomicBoolean();
            var threads = new CopyOnWriteArrayList<Thread>();
            var tasks = new ArrayList<Task<Integer>>();
            for (var i = 0; i < TASKS; i++) {
                tasks.add(createTask(() -> {
                    threads.add(Thread.currentThread());
                    var turns = 0;
                    while (turns < 200) {
                        sleep(turns % 50 == 0 ? Duration.ofNanos(1000) : Duration.ZERO);
                        turns++;
                    }
                    return turns;
                }));
            }
            var watcher = Thread.ofPlatform().start(() -> {
                while (!stop.get()) {
                    threads.forEach(Thread::getStackTrace);
                }
            });
            for (var task : tasks) {
                assertThat(task.await()).isEqualTo(200);
            }
            stop.set(true);
            blocking(() -> watcher.join());
        });
    }

    @Test
    void interrupts_reachTasksWhereverTheyWait() throws Exception {
        run(() -> {
            for (var i = 0; i < 100; i++) {
                var parked = createTask(() -> sleep(Duration.ofDays(1)));
                var yielding = createTask(() -> {
                    while (true) {
                        sleep(Duration.ZERO);
                    }
                });
                var away = createTask(() -> blocking(() -> Thread.sleep(Duration.ofDays(1))));
                sleep(Duration.ZERO);
                for (var each : List.of(parked, yielding, away)) {
                    each.cancel();
                    assertThatThrownBy(each::await).isInstanceOf(CancellationException.class);
                }
            }
        });
    }

    /** The threads that a task starts are the JDK's, though they inherit their scheduler. */
    @Test
    void virtualThreadsThatTasksStart_runOnTheJdksScheduler() throws Exception {
        run(() -> {
            var home = CustomScheduling.currentCarrier();
            var carrier = new CompletableFuture<Thread>();
            var thread = Thread.ofVirtual().start(() -> {
                Thread.yield();
                carrier.complete(CustomScheduling.currentCarrier());
            });
            assertThat(carrier.get()).isNotSameAs(home);
            thread.join();
        });
    }
}
