package dev.weft.test;

import static dev.weft.Weft.await;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;

import dev.weft.Body;
import dev.weft.Task;
import dev.weft.TaskOptions;
import dev.weft.VoidBody;
import dev.weft.Weft;
import dev.weft.test.SimulationError.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Classic bugs, one each: the simulation must find them. A tool that goes silent is noticed here.
 *
 * <p>A broken invariant is a {@link Broken}; all else is found by the simulation itself.
 */
enum Canary {

    /** A value is read, then written back after a wait. */
    LOST_UPDATE(null) {
        @Override
        void run(World world) throws Exception {
            var balance = new int[1];
            VoidBody<RuntimeException> deposit = () -> {
                var before = balance[0];
                audit();
                balance[0] = before + 1;
            };
            gather(deposit, deposit);
            require(balance[0] == 2, "a deposit is lost");
        }
    },

    /** What was checked does not hold any more when it is acted upon. */
    CHECK_THEN_ACT(null) {
        @Override
        void run(World world) throws Exception {
            var seats = new int[] {3};
            VoidBody<RuntimeException> book = () -> {
                sleep(Duration.ofMillis(10));
                if (seats[0] > 0) {
                    audit();
                    seats[0]--;
                }
            };
            gather(book, book, book, book);
            require(seats[0] == 0, "a seat was sold twice");
        }
    },

    /** Each of two tasks creates what should be there once. */
    DOUBLE_INITIALIZATION(null) {
        @Override
        void run(World world) throws Exception {
            var connections = new ArrayList<String>();
            var cached = new String[1];
            Body<String, RuntimeException> connect = () -> {
                if (cached[0] == null) {
                    audit();
                    connections.add("connection");
                    cached[0] = "connection";
                }
                return cached[0];
            };
            gather(connect, connect);
            require(connections.size() == 1, "connected twice");
        }
    },

    /** Two locks, taken in two orders. */
    LOCK_ORDER(Kind.DEADLOCK) {
        @Override
        void run(World world) throws Exception {
            var a = new HandLock("a");
            var b = new HandLock("b");
            gather(() -> transfer(a, b), () -> {
                sleep(Duration.ZERO);
                sleep(Duration.ZERO);
                transfer(b, a);
            });
        }

        private void transfer(HandLock from, HandLock to) throws InterruptedException {
            from.lock();
            audit();
            to.lock();
            to.unlock();
            from.unlock();
        }
    },

    /** Five philosophers, each with the left fork first. Only one order in many is a deadlock. */
    DINING_PHILOSOPHERS(Kind.DEADLOCK) {
        @Override
        void run(World world) throws Exception {
            var forks = IntStream.range(0, 5)
                    .mapToObj(i -> new HandLock("fork " + i))
                    .toList();
            gather(IntStream.range(0, 5)
                    .mapToObj(i -> (Body<@Nullable Void, RuntimeException>) () -> {
                        for (var thoughts = i == 4 ? 4 : 0; thoughts > 0; thoughts--) {
                            sleep(Duration.ZERO);
                        }
                        forks.get(i).lock();
                        sleep(Duration.ZERO);
                        forks.get((i + 1) % 5).lock();
                        sleep(Duration.ZERO);
                        forks.get((i + 1) % 5).unlock();
                        forks.get(i).unlock();
                        return null;
                    })
                    .toList());
        }
    },

    /** Who notifies comes between another's look at the condition and its wait. */
    LOST_WAKE_UP(Kind.DEADLOCK) {
        @Override
        void run(World world) throws Exception {
            var ready = new boolean[1];
            var waiters = new ArrayDeque<CompletableFuture<@Nullable Void>>();
            gather(
                    () -> {
                        if (!ready[0]) {
                            audit();
                            var waiter = new CompletableFuture<@Nullable Void>();
                            waiters.add(waiter);
                            await(waiter);
                        }
                    },
                    () -> {
                        sleep(Duration.ZERO);
                        sleep(Duration.ZERO);
                        ready[0] = true;
                        waiters.forEach(waiter -> waiter.complete(null));
                    });
        }
    },

    /** One wake-up for two who wait for different things: the wrong one gets it. */
    NOTIFY_ONE(Kind.DEADLOCK) {
        @Override
        void run(World world) throws Exception {
            var items = new ArrayDeque<String>();
            var waiters = new ArrayDeque<CompletableFuture<@Nullable Void>>();
            VoidBody<RuntimeException> takeOne = () -> {
                while (items.isEmpty()) {
                    var waiter = new CompletableFuture<@Nullable Void>();
                    waiters.add(waiter);
                    await(waiter);
                }
                items.remove();
            };
            gather(takeOne, takeOne, () -> {
                sleep(Duration.ZERO);
                items.add("a");
                items.add("b");
                var first = waiters.poll();
                if (first != null) {
                    first.complete(null);
                }
            });
        }
    },

    /** Both ends of a connection close it. */
    DOUBLE_CLOSE(Kind.DOUBLE_CLOSE) {
        @Override
        void run(World world) throws Exception {
            var connection = world.open("connection");
            VoidBody<RuntimeException> end = () -> {
                sleep(Duration.ofMillis(5));
                if (!connection.isClosed()) {
                    audit(); // flushes
                    connection.close();
                }
            };
            gather(end, end);
        }
    },

    /** What was opened stays open if its user is cancelled at the wrong moment. */
    UNCLOSED_ON_CANCEL(Kind.UNCLOSED_RESOURCE, true) {
        @Override
        void run(World world) throws Exception {
            gather(() -> {
                var file = world.open("file");
                sleep(Duration.ofMillis(1)); // writes a header: not yet within try
                try {
                    sleep(Duration.ofMillis(5));
                } finally {
                    file.close();
                }
            });
        }
    },

    /** A permit is given to a waiter that is cancelled at that moment, and to nobody else. */
    PERMIT_LOST_ON_CANCEL(null, true) {
        @Override
        void run(World world) throws Exception {
            var lock = new HandLock("permit");
            VoidBody<RuntimeException> use = () -> {
                lock.lock();
                try {
                    sleep(Duration.ofMillis(1));
                } finally {
                    lock.unlock();
                }
            };
            try {
                gather(use, use);
            } finally {
                require(!lock.isHeld(), "the permit is lost");
            }
        }
    },

    /** A clean-up that waits again, although its task was cancelled and it is to be quick. */
    CLEAN_UP_NEVER_ENDS(Kind.DEADLOCK, true) {
        @Override
        void run(World world) throws Exception {
            var acknowledged = new CompletableFuture<@Nullable Void>();
            gather(
                    () -> {
                        try {
                            sleep(Duration.ofSeconds(1));
                        } finally {
                            await(acknowledged); // by the other task, unless that was cancelled too
                        }
                    },
                    () -> {
                        sleep(Duration.ofSeconds(2));
                        acknowledged.complete(null);
                    });
        }
    },

    /** Work goes on in the background after its user has given up. */
    FORGOTTEN_CANCEL(Kind.LEAKED_TASK) {
        @Override
        void run(World world) throws Exception {
            var refresh = createTask("refresh", () -> sleep(Duration.ofHours(1)));
            sleep(Duration.ofSeconds(1));
            if (refresh.isDone()) {
                refresh.await();
            }
        }
    },

    /** Cancellation is caught, and the loop goes on. */
    SWALLOWED_CANCEL(Kind.IGNORED_CANCELLATION) {
        @Override
        void run(World world) throws Exception {
            var poller = createTask("poller", () -> {
                for (var round = 0; round < 100; round++) {
                    try {
                        sleep(Duration.ofSeconds(1));
                    } catch (InterruptedException e) {
                        // "cannot happen"
                    }
                }
            });
            sleep(Duration.ofSeconds(3));
            poller.cancel();
            Weft.settle(poller);
        }
    },

    /** A timeout around a wait that only watches: what it waits for goes on. */
    TIMEOUT_THAT_ABANDONS(Kind.LEAKED_TASK) {
        @Override
        void run(World world) throws Exception {
            var call = createTask("call", () -> {
                sleep(Duration.ofMinutes(1));
                return "late";
            });
            try {
                timeout(Duration.ofSeconds(1), () -> call.get());
            } catch (TimeoutException e) {
                // "so be it"
            }
        }
    },

    /** A task per request, and none is awaited. */
    LEAKED_TASK(Kind.LEAKED_TASK) {
        @Override
        void run(World world) throws Exception {
            for (var request = 0; request < 3; request++) {
                createTask(() -> sleep(Duration.ofMillis(20)));
                sleep(Duration.ofMillis(10));
            }
        }
    },

    /** A background task fails, and nobody looks. */
    UNOBSERVED_FAILURE(Kind.UNOBSERVED_FAILURE) {
        @Override
        void run(World world) throws Exception {
            createTask("flusher", () -> {
                sleep(Duration.ofSeconds(1));
                throw new IllegalStateException("disk full");
            });
            sleep(Duration.ofSeconds(2));
        }
    },

    /** As many calls at once as there are items. */
    UNBOUNDED_FAN_OUT(null) {
        @Override
        void run(World world) throws Exception {
            var open = new int[1];
            mapConcurrent(Collections.nCopies(200, "url"), 200, url -> {
                require(++open[0] <= 64, "more than 64 connections at once");
                sleep(Duration.ofMillis(100));
                open[0]--;
                return url;
            });
        }
    },

    /** All who fail at once try again at once. */
    RETRY_STORM(null) {
        @Override
        void run(World world) throws Exception {
            var requestsAt = new HashMap<Duration, Integer>();
            mapConcurrent(IntStream.range(0, 50).boxed().toList(), 50, client -> {
                sleep(Duration.ofMillis(client)); // they come one by one
                for (var attempt = 0; attempt < 3; attempt++) {
                    var second = Duration.ofSeconds(1 + world.currentTime().toSeconds());
                    sleep(second.minus(world.currentTime())); // "retry at the full second"
                    var requests = requestsAt.merge(world.currentTime(), 1, Integer::sum);
                    require(requests <= 10, "more than 10 requests in one moment");
                }
                return client;
            });
        }
    },

    /** Two tasks give way to each other for ever. */
    LIVELOCK(Kind.STEP_LIMIT) {
        @Override
        void run(World world) throws Exception {
            var wants = new boolean[2];
            gather(() -> pass(wants, 0), () -> pass(wants, 1));
        }

        private void pass(boolean[] wants, int self) throws InterruptedException {
            wants[self] = true;
            sleep(Duration.ZERO);
            while (wants[1 - self]) {
                sleep(Duration.ZERO); // after you
            }
            wants[self] = false;
        }
    },

    /** Answers are taken for those to the requests in their order. */
    REORDERED_ANSWERS(null) {
        @Override
        void run(World world) throws Exception {
            var answers = new ArrayList<Integer>();
            var tasks = new ArrayList<Task<?>>();
            for (var request = 0; request < 4; request++) {
                var number = request;
                tasks.add(createTask(TaskOptions.named("request-" + number), () -> {
                    sleep(Duration.ofMillis(10));
                    answers.add(number);
                    return number;
                }));
            }
            gather(tasks);
            require(answers.equals(List.of(0, 1, 2, 3)), "answers in another order: " + answers);
        }
    },

    /** Only if the last of six tasks overtakes all others is something read before it was written. */
    RARE_ORDER(null) {
        @Override
        void run(World world) throws Exception {
            var written = new int[1];
            var early = new boolean[1];
            gather(IntStream.range(0, 6)
                    .mapToObj(i -> (Body<@Nullable Void, RuntimeException>) () -> {
                        sleep(Duration.ZERO);
                        if (i == 5) {
                            early[0] = written[0] == 0;
                        } else {
                            written[0]++;
                        }
                        return null;
                    })
                    .toList());
            require(!early[0], "read before it was written");
        }
    },

    /** A lock of the JDK, held across a wait. */
    FOREIGN_LOCK(Kind.HELD_TURN) {
        @Override
        void run(World world) throws Exception {
            var lock = new java.util.concurrent.locks.ReentrantLock();
            VoidBody<RuntimeException> work = () -> {
                lock.lock();
                try {
                    sleep(Duration.ofMillis(1));
                } finally {
                    lock.unlock();
                }
            };
            gather(work, work);
        }

        @Override
        Simulation simulation() {
            return super.simulation().turnLimit(Duration.ofMillis(300));
        }
    },

    /** Fails or not as it was run an even or odd number of times before. */
    UNCONTROLLED(Kind.NONDETERMINISM) {
        private int runs;

        @Override
        void run(World world) {
            require(runs++ % 2 != 0, "odd");
        }
    };

    private final @Nullable Kind kind;
    private final boolean bySweep;

    Canary(@Nullable Kind kind) {
        this(kind, false);
    }

    Canary(@Nullable Kind kind, boolean bySweep) {
        this.kind = kind;
        this.bySweep = bySweep;
    }

    /** An invariant of a canary's does not hold. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    abstract void run(World world) throws Exception;

    /** What is to be found; null for {@link Broken}. */
    @Nullable
    Kind kind() {
        return kind;
    }

    /** Whether it takes a cancellation to find it. */
    boolean isFoundBySweep() {
        return bySweep;
    }

    Simulation simulation() {
        return Simulation.create().stepLimit(2_000);
    }

    /** Whether {@code failure} is what is to be found. */
    boolean isFound(Throwable failure) {
        return kind == null
                ? failure instanceof Broken
                : failure instanceof SimulationError error && error.kind() == kind;
    }

    private static void require(boolean condition, String broken) {
        if (!condition) {
            throw new Broken(broken);
        }
    }

    /** A wait that one easily overlooks. */
    private static void audit() throws InterruptedException {
        sleep(Duration.ZERO);
    }
}
