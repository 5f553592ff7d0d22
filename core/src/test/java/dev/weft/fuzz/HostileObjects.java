package dev.weft.fuzz;

import dev.weft.ContextPropagator;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.TaskListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Random;

/** Objects of a user's that Weft calls, and that throw whenever they are called, or now and then. */
final class HostileObjects {

    private HostileObjects() {}

    /** A reason for a cancel; null now and then. */
    static Object reason(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> null;
            case 1 -> new TextThrows();
            case 2 -> new TextIsNull();
            case 3 -> new IllegalStateException("an exception as a reason");
            case 4 -> {
                var itself = new ArrayList<Object>();
                itself.add(new TextThrows());
                yield itself;
            }
            case 5 -> "long ".repeat(1_000);
            default -> "plain";
        };
    }

    /** A name for a task. */
    static String name(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "\u001b[31m\n\u202e";
            case 2 -> "long ".repeat(100);
            default -> "plain";
        };
    }

    /** Items whose iterator throws after some of them. */
    static Iterable<Integer> items(Random random, int count, Runnable breaks) {
        var failsAt = random.nextInt(3) == 0 ? random.nextInt(count + 1) : Integer.MAX_VALUE;
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next == failsAt) {
                    breaks.run();
                }
                return next < count;
            }

            @Override
            public Integer next() {
                return next++;
            }
        };
    }

    /** A comparator that throws at each tenth call. */
    static Comparator<Integer> comparator(Random seed) {
        var random = new Random(seed.nextLong());
        return (left, right) -> {
            synchronized (random) {
                if (random.nextInt(10) == 0) {
                    throw new IllegalStateException("compare throws");
                }
            }
            return Integer.compare(left, right);
        };
    }

    /** A propagator all of whose parts throw now and then. */
    static ContextPropagator propagator(Random seed, Runnable breaks) {
        var random = new Random(seed.nextLong());
        Runnable sometimes = () -> {
            boolean now;
            synchronized (random) {
                now = random.nextInt(8) == 0;
            }
            if (now) {
                breaks.run();
            }
        };
        return () -> {
            sometimes.run();
            return () -> {
                sometimes.run();
                return sometimes::run;
            };
        };
    }

    /** A listener that throws at each call. */
    static TaskListener listener(Runnable breaks) {
        return new TaskListener() {
            @Override
            public void started(Task<?> task) {
                breaks.run();
            }

            @Override
            public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
                breaks.run();
            }

            @Override
            public void neverStarted(Task<?> task, Outcome<?> outcome) {
                breaks.run();
            }
        };
    }

    private static final class TextThrows {
        @Override
        public String toString() {
            throw new IllegalStateException("toString throws");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals throws");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode throws");
        }
    }

    private static final class TextIsNull {
        @Override
        public String toString() {
            return null;
        }
    }
}
