package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.timeoutAt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A program of nested limits whose bodies take their time to clean up, and a model of what it does. Times are in units
 * from its beginning; no two events of a program come at the same time.
 *
 * @param deadlines of the blocks, the outermost first
 * @param cleanUps how long the body of each block cleans up when it is cancelled
 * @param handles whether the code around a block catches its exception, works for as long as it cleans up, and returns
 */
record LateLimits(List<Integer> deadlines, List<Integer> cleanUps, boolean handles) {

    /** Deadlines come at multiples of it, and sums of up to three clean-ups never do. */
    private static final int STEP = 4;

    private static final List<Integer> CLEAN_UPS = List.of(1, STEP + 1, 2 * STEP + 1);

    /** How to wait outside of all blocks' knowledge. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /**
     * What a program did.
     *
     * @param end what has come out of the outermost block: a value, or whose deadline has passed
     * @param wakeUps when its waits have ended, each
     */
    record Observed(String end, List<Integer> wakeUps) {

        /** Whether the same has happened, perhaps later. */
        boolean isLike(Observed other) {
            return end.equals(other.end) && wakeUps.size() == other.wakeUps.size();
        }
    }

    /** All programs with two and three blocks. */
    static List<LateLimits> all() {
        var all = new ArrayList<LateLimits>();
        for (var handles : List.of(false, true)) {
            for (var deadlines : List.of(
                    List.of(1, 2),
                    List.of(2, 1),
                    List.of(1, 2, 3),
                    List.of(1, 3, 2),
                    List.of(2, 1, 3),
                    List.of(2, 3, 1),
                    List.of(3, 1, 2),
                    List.of(3, 2, 1))) {
                var times = deadlines.stream().map(deadline -> deadline * STEP).toList();
                for (var cleanUps : cleanUps(times.size())) {
                    all.add(new LateLimits(times, cleanUps, handles));
                }
            }
        }
        return all;
    }

    private static List<List<Integer>> cleanUps(int depth) {
        var all = List.of(List.<Integer>of());
        for (var i = 0; i < depth; i++) {
            var longer = new ArrayList<List<Integer>>();
            for (var prefix : all) {
                for (var next : CLEAN_UPS) {
                    var list = new ArrayList<>(prefix);
                    list.add(next);
                    longer.add(List.copyOf(list));
                }
            }
            all = List.copyOf(longer);
        }
        return all;
    }

    Observed run(Duration unit, Sleeper sleeper) throws InterruptedException {
        return new Running(unit, sleeper).run();
    }

    Observed model() {
        return new Model().run();
    }

    private final class Running {
        private final Duration unit;
        private final Sleeper sleeper;
        private final Deadline begin = Deadline.now();
        private final List<Integer> wakeUps = new ArrayList<>();

        Running(Duration unit, Sleeper sleeper) {
            this.unit = unit;
            this.sleeper = sleeper;
        }

        Observed run() throws InterruptedException {
            String end;
            try {
                end = block(0);
            } catch (DeadlineExceededException e) {
                end = "timeout " + Math.round((double) (e.deadline().nanos() - begin.nanos()) / unit.toNanos());
            } catch (TimeoutException e) {
                throw new AssertionError(e);
            }
            return new Observed(end, wakeUps);
        }

        private String block(int i) throws TimeoutException, InterruptedException {
            var deadline = Deadline.ofNanos(begin.nanos() + deadlines.get(i) * unit.toNanos());
            return timeoutAt(deadline, () -> {
                try {
                    return inside(i);
                } catch (InterruptedException e) {
                    sleep(unit.multipliedBy(cleanUps.get(i)));
                    throw e;
                }
            });
        }

        private String inside(int i) throws TimeoutException, InterruptedException {
            if (i == deadlines.size() - 1) {
                sleep(FOREVER);
            }
            try {
                return block(i + 1);
            } catch (TimeoutException e) {
                if (!handles) {
                    throw e;
                }
                sleep(unit.multipliedBy(cleanUps.get(i)));
                return "value";
            }
        }

        private void sleep(Duration duration) throws InterruptedException {
            try {
                sleeper.sleep(duration);
            } finally {
                wakeUps.add((int) ((Deadline.now().nanos() - begin.nanos()) / unit.toNanos()));
            }
        }
    }

    /** CPython's: a block that has expired makes a timeout of its cancellation unless others stop the task too. */
    private final class Model {
        private static final String CANCELLED = "cancelled";

        private final List<Integer> wakeUps = new ArrayList<>();
        private final boolean[] passed = new boolean[deadlines.size()];
        private int now;

        Observed run() {
            return new Observed(block(0), wakeUps);
        }

        private String block(int i) {
            var end = inside(i);
            if (end.equals(CANCELLED) && !sleep(i, cleanUps.get(i))) {
                end = CANCELLED;
            }
            if (!end.equals(CANCELLED)) {
                return end;
            }
            for (var outer = 0; outer < i; outer++) {
                if (passed[outer]) {
                    return CANCELLED;
                }
            }
            return "timeout " + deadlines.get(i);
        }

        private String inside(int i) {
            if (i == deadlines.size() - 1) {
                sleep(i, Integer.MAX_VALUE / 2);
                return CANCELLED;
            }
            var end = block(i + 1);
            if (!handles || !end.startsWith("timeout")) {
                return end;
            }
            return sleep(i, cleanUps.get(i)) ? "value" : CANCELLED;
        }

        /** @return whether the sleeper has slept in full, in the blocks up to {@code i} */
        private boolean sleep(int i, int duration) {
            var first = -1;
            for (var block = 0; block <= i; block++) {
                if (!passed[block] && (first < 0 || deadlines.get(block) < deadlines.get(first))) {
                    first = block;
                }
            }
            var cancelled = first >= 0 && deadlines.get(first) < now + duration;
            if (cancelled) {
                passed[first] = true;
            }
            now = cancelled ? Math.max(now, deadlines.get(first)) : now + duration;
            wakeUps.add(now);
            return !cancelled;
        }
    }
}
