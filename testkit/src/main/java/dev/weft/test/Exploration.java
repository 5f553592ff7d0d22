package dev.weft.test;

import dev.weft.test.SimulationError.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks for a schedule under which a program fails. */
final class Exploration {

    private static final int REPEATS = 2;

    private final Settings settings;
    private final Supervision supervision;
    private final WorldBody<@Nullable Void, ?> body;

    Exploration(Settings settings, Supervision supervision, WorldBody<@Nullable Void, ?> body) {
        this.settings = settings;
        this.supervision = supervision;
        this.body = body;
    }

    Trace replay(Schedule schedule) throws InterruptedException {
        var ended = run(schedule);
        if (ended.failed()) {
            throw failure(1, schedule, ended, null);
        }
        return ended.trace();
    }

    Coverage explore(int schedules) throws InterruptedException {
        var counter = new Coverage.Counter();
        var schedule = Schedule.FIFO;
        for (var attempt = 1; ; attempt++) {
            var ended = run(schedule);
            if (ended.failed()) {
                throw examine(attempt, schedule, ended);
            }
            counter.count(ended.trace());
            if (attempt == schedules) {
                return counter.coverage(false);
            }
            var strategy = settings.strategies.get((attempt - 1) % settings.strategies.size());
            var length = Math.clamp(ended.trace().count(), 1, Integer.MAX_VALUE);
            schedule = strategy.schedule(settings.firstSeed + attempt - 1, length);
        }
    }

    /** Runs all schedules, but at most so many. */
    Coverage exhaust(int atMost) throws InterruptedException {
        var counter = new Coverage.Counter();
        var all = new Exhaustion(atMost);
        while (all.hasNext() && counter.schedules() < atMost) {
            var detours = all.next();
            var schedule = Schedule.recorded(detours);
            var ended = run(schedule);
            if (ended.failed()) {
                throw examine(counter.schedules() + 1, schedule, ended);
            }
            counter.count(ended.trace());
            all.add(detours, ended.alternatives());
        }
        return counter.coverage(all.isComplete());
    }

    /** Cancels each task at each of its waits. @return how many waits there are */
    int sweep(Schedule schedule) throws InterruptedException {
        var ended = run(schedule);
        if (ended.failed()) {
            throw failure(1, schedule, ended, null);
        }
        var waits = 0;
        for (var task = 1; task <= ended.waits().size(); task++) {
            for (var occasion = 1; occasion <= ended.waits().get(task - 1); occasion++) {
                waits++;
                for (var moment : CancelPoint.Moment.values()) {
                    replay(schedule.cancelling(new CancelPoint(task, occasion, moment)));
                }
            }
        }
        return waits;
    }

    private Ended<@Nullable Void> run(Schedule schedule) throws InterruptedException {
        return supervision.run(schedule, body);
    }

    private ScheduleFailedError examine(int attempts, Schedule schedule, Ended<@Nullable Void> failed)
            throws InterruptedException {
        if (failed.failure() instanceof SimulationError error && error.kind() == Kind.HELD_TURN) {
            return failure(attempts, schedule, failed, null); // and what it holds, it holds for ever
        }
        var expected = failed;
        var repeats = isLivelock(failed) ? 1 : REPEATS; // each takes as long as all its turns
        for (var i = 0; i < repeats; i++) {
            var again = run(schedule);
            if (!again.failedLike(expected) || !isAlike(again, expected)) {
                if (i > 0 || !settings.deep || !again.failedLike(expected)) {
                    return nondeterminism(attempts, schedule, expected, again);
                }
                expected = again; // the first execution has perhaps initialized what is there for all of the JVM
                repeats = REPEATS;
            }
        }
        if (settings.shrinks && schedule.newOrder() != null && !isLivelock(expected)) {
            var shrunk = new Shrinking(settings, supervision, body, expected).shrink();
            if (shrunk != null) {
                return failure(attempts, shrunk.schedule(), shrunk.ended(), schedule);
            }
        }
        return failure(attempts, schedule, expected, null);
    }

    /** Each execution of one takes all the turns that there may be, and none of them can be spared. */
    private static boolean isLivelock(Ended<?> failed) {
        return failed.failure() instanceof SimulationError error && error.kind() == Kind.STEP_LIMIT;
    }

    private static boolean isAlike(Ended<?> one, Ended<?> other) {
        return one.trace().digest() == other.trace().digest();
    }

    /** @param found the schedule that failed first, if {@code schedule} was made of it */
    static ScheduleFailedError failure(int attempts, Schedule schedule, Ended<?> failed, @Nullable Schedule found) {
        var failure = Objects.requireNonNull(failed.failure());
        var message = new StringBuilder();
        message.append(failure)
                .append("\n  under schedule ")
                .append(schedule)
                .append(attempts > 1 ? ", the first that failed, as number " + attempts + " of those run" : "")
                .append(found == null ? "" : "; it is " + found + " without needless detours")
                .append("\n  to repeat it: @Seed(\"")
                .append(schedule)
                .append("\"), or replay(Schedule.of(\"")
                .append(schedule)
                .append("\"), …)\n")
                .append(failed.trace());
        return new ScheduleFailedError(message.toString(), schedule, failed.trace(), attempts, failure);
    }

    private static ScheduleFailedError nondeterminism(
            int attempts, Schedule schedule, Ended<?> first, Ended<?> second) {
        var error = new SimulationError(
                Kind.NONDETERMINISM,
                "the same schedule gave two results: " + first.failure() + ", and then "
                        + (second.failed() ? second.failure() : "no failure") + "\n  " + firstDifference(first, second)
                        + "\n"
                        + "  Something is not under the simulation's control: state that outlives an execution,"
                        + " another thread, real time or I/O, a random number, the order of a hash table.",
                first.failure());
        return failure(
                attempts,
                schedule,
                new Ended<>(null, error, first.trace(), first.detours(), first.alternatives(), first.waits()),
                null);
    }

    private static String firstDifference(Ended<?> first, Ended<?> second) {
        var one = first.trace().turns();
        var other = second.trace().turns();
        for (var i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (!one.get(i).equals(other.get(i))) {
                return "they part at\n  " + one.get(i) + "\n  " + other.get(i);
            }
        }
        return one.size() == other.size()
                ? "the turns were the same"
                : "one had " + first.trace().count() + " turns, the other "
                        + second.trace().count();
    }
}
