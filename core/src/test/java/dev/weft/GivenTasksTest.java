package dev.weft;

import static dev.weft.GroupFailures.foundIn;
import static dev.weft.Tasks.awaitWaiting;
import static dev.weft.Tasks.join;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.combine;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * J24: tasks that are given obey the call's decision in whatever order and state they are. All combinations of
 * {@link Kind} up to {@link #MOST} arguments.
 */
class GivenTasksTest {

    private static final int MOST = 4;

    /** Simulated runs are slower, and there are many of them. */
    private static final int MOST_SIMULATED = 2;

    private enum Kind {
        DONE,
        FAILED,
        CANCELLED,
        /** A task that ends, with a value, when the gate is opened. */
        RUNNING,
        BODY_RETURNS,
        BODY_FAILS,
        /** A body that ends, with a value, when the gate is opened. */
        BODY_WAITS;

        boolean isTask() {
            return ordinal() <= RUNNING.ordinal();
        }

        /** Whether it ends without the gate. */
        boolean ends() {
            return this != RUNNING && this != BODY_WAITS;
        }

        boolean succeeds() {
            return this == DONE || this == BODY_RETURNS;
        }
    }

    /** One combination, made for one call. */
    private static final class Case {
        final List<Kind> kinds;
        final Gate gate = new Gate();
        final List<Exception> failures = new ArrayList<>();
        final List<Body<String, Exception>> bodies = new ArrayList<>();

        Case(List<Kind> kinds) throws InterruptedException {
            this.kinds = kinds;
            for (var i = 0; i < kinds.size(); i++) {
                var failure = new IOException("failure of " + i);
                failures.add(failure);
                bodies.add(argument(kinds.get(i), "value of " + i, failure));
            }
        }

        @SuppressWarnings("unchecked") // a task is a body that throws what its own body does
        private Body<String, Exception> argument(Kind kind, String value, Exception failure)
                throws InterruptedException {
            Body<String, Exception> waits = () -> {
                gate.await();
                return value;
            };
            Body<String, Exception> fails = () -> {
                throw failure;
            };
            if (!kind.isTask()) {
                return kind == Kind.BODY_RETURNS ? () -> value : kind == Kind.BODY_FAILS ? fails : waits;
            }
            var task = createTask(kind == Kind.DONE ? () -> value : kind == Kind.FAILED ? fails : waits);
            if (kind == Kind.CANCELLED) {
                task.cancel();
            }
            if (kind.ends()) {
                join(task);
            }
            return (Body<String, Exception>) (Body<String, ?>) task;
        }

        String value(int place) {
            return "value of " + place;
        }

        /** Lets what waits go on while the caller is in its call. */
        void openGateSoon() {
            createTask(gate::open);
        }

        boolean has(Kind... wanted) {
            return kinds.stream().anyMatch(List.of(wanted)::contains);
        }

        List<String> values(Kind... wanted) {
            var values = new ArrayList<String>();
            for (var i = 0; i < kinds.size(); i++) {
                if (List.of(wanted).contains(kinds.get(i))) {
                    values.add(value(i));
                }
            }
            return values;
        }

        List<Exception> failures(Kind wanted) {
            var found = new ArrayList<Exception>();
            for (var i = 0; i < kinds.size(); i++) {
                if (kinds.get(i) == wanted) {
                    found.add(failures.get(i));
                }
            }
            return found;
        }

        /** The first task that had failed or been cancelled before the call. */
        @Nullable
        Kind firstUnsuccessful() {
            return kinds.stream()
                    .filter(kind -> kind == Kind.FAILED || kind == Kind.CANCELLED)
                    .findFirst()
                    .orElse(null);
        }

        void assertRunningTasksWere(boolean cancelled) {
            for (var i = 0; i < kinds.size(); i++) {
                if ((Body<?, ?>) bodies.get(i) instanceof Task<?> task) {
                    assertThat(task.isDone())
                            .as("%s: place %s has ended", kinds, i)
                            .isTrue();
                    assertThat(task.isCancelled())
                            .as("%s: place %s was cancelled", kinds, i)
                            .isEqualTo(kinds.get(i) == Kind.CANCELLED || (kinds.get(i) == Kind.RUNNING && cancelled));
                }
            }
        }

        void assertStoppedByFirstFailure(Throwable thrown) {
            var first = firstUnsuccessful();
            if (first == Kind.FAILED) {
                assertThat(thrown)
                        .as("%s", kinds)
                        .isSameAs(failures(Kind.FAILED).getFirst());
            } else if (first == Kind.CANCELLED) {
                assertThat(thrown).as("%s", kinds).isInstanceOf(CancellationException.class);
            } else {
                assertThat(thrown).as("%s", kinds).isIn(failures(Kind.BODY_FAILS));
            }
            assertThat(foundIn(thrown)).as("%s", kinds).containsAll(failures(Kind.FAILED));
            assertRunningTasksWere(true);
        }
    }

    private interface Check {
        void run(Case made) throws Exception;
    }

    private static void forEachCase(TestRuntime runtime, int least, Check check) throws Exception {
        runtime.run(() -> {
            for (var size = least; size <= (TestRuntime.areOthers() ? MOST_SIMULATED : MOST); size++) {
                var count = (int) Math.pow(Kind.values().length, size);
                for (var number = 0; number < count; number++) {
                    check.run(new Case(combination(number, size)));
                }
            }
            return null;
        });
    }

    private static List<Kind> combination(int number, int size) {
        var all = Kind.values();
        var kinds = new ArrayList<Kind>();
        for (var rest = number; kinds.size() < size; rest /= all.length) {
            kinds.add(all[rest % all.length]);
        }
        return kinds;
    }

    @OnEveryRuntime
    void j24_gather_everyCombination(TestRuntime runtime) throws Exception {
        forEachCase(runtime, 1, made -> checkGather(made, gather -> gather(made.bodies)));
    }

    @OnEveryRuntime
    void j24_combine_everyCombination(TestRuntime runtime) throws Exception {
        forEachCase(runtime, 2, made -> checkGather(made, combine -> combined(made.bodies)));
    }

    private interface Call {
        List<String> call(Case made) throws Exception;
    }

    private static void checkGather(Case made, Call call) throws Exception {
        var fails = made.has(Kind.FAILED, Kind.CANCELLED, Kind.BODY_FAILS);
        if (!fails) {
            made.openGateSoon();
        }
        try {
            var results = call.call(made);
            assertThat(fails).as("%s returned", made.kinds).isFalse();
            assertThat(results).as("%s", made.kinds).isEqualTo(made.values(Kind.values()));
            made.assertRunningTasksWere(false);
        } catch (Exception e) {
            assertThat(fails).as("%s threw %s", made.kinds, e).isTrue();
            made.assertStoppedByFirstFailure(e);
        }
    }

    private static List<String> combined(List<Body<String, Exception>> b) throws Exception {
        return switch (b.size()) {
            case 2 -> combine(b.get(0), b.get(1), (v, w) -> List.of(v, w));
            case 3 -> combine(b.get(0), b.get(1), b.get(2), (v, w, x) -> List.of(v, w, x));
            default -> combine(b.get(0), b.get(1), b.get(2), b.get(3), (v, w, x, y) -> List.of(v, w, x, y));
        };
    }

    @OnEveryRuntime
    void j24_race_everyCombination(TestRuntime runtime) throws Exception {
        forEachCase(runtime, 1, made -> {
            var succeeds = made.kinds.stream().anyMatch(Kind::succeeds);
            var waits = !succeeds && made.has(Kind.RUNNING, Kind.BODY_WAITS);
            if (waits) {
                made.openGateSoon();
            }
            try {
                var winner = race(made.bodies);
                assertThat(succeeds || waits).as("%s returned", made.kinds).isTrue();
                if (made.has(Kind.DONE)) {
                    assertThat(winner)
                            .as("%s", made.kinds)
                            .isEqualTo(made.values(Kind.DONE).getFirst());
                } else if (succeeds) {
                    assertThat(winner).as("%s", made.kinds).isIn(made.values(Kind.BODY_RETURNS));
                } else {
                    assertThat(winner).as("%s", made.kinds).isIn(made.values(Kind.RUNNING, Kind.BODY_WAITS));
                }
                if (succeeds) {
                    made.assertRunningTasksWere(true);
                }
            } catch (Exception e) {
                assertThat(succeeds || waits).as("%s threw %s", made.kinds, e).isFalse();
                assertThat(foundIn(e)).as("%s", made.kinds).containsAll(made.failures(Kind.FAILED));
                assertThat(foundIn(e)).as("%s", made.kinds).containsAll(made.failures(Kind.BODY_FAILS));
            }
            for (var body : made.bodies) {
                assertThat(!((Body<?, ?>) body instanceof Task<?> task) || task.isDone())
                        .as("%s: all have ended", made.kinds)
                        .isTrue();
            }
        });
    }

    @OnEveryRuntime
    void j24_settle_everyCombination(TestRuntime runtime) throws Exception {
        forEachCase(runtime, 1, made -> {
            made.openGateSoon();
            var outcomes = settle(made.bodies);
            for (var i = 0; i < outcomes.size(); i++) {
                var place = i;
                switch (made.kinds.get(i)) {
                    case FAILED, BODY_FAILS ->
                        assertThat(outcomes.get(i))
                                .as("%s", made.kinds)
                                .isInstanceOfSatisfying(
                                        Outcome.Failure.class,
                                        failed -> assertThat(failed.exception()).isSameAs(made.failures.get(place)));
                    case CANCELLED ->
                        assertThat(outcomes.get(i)).as("%s", made.kinds).isInstanceOf(Outcome.Cancelled.class);
                    default ->
                        assertThat(outcomes.get(i))
                                .as("%s", made.kinds)
                                .isEqualTo(new Outcome.Success<>(made.value(place)));
                }
            }
            made.assertRunningTasksWere(false);
        });
    }

    @OnEveryRuntime
    void j24_taskGivenTwiceIsAskedOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            Task<String> failed = createTask(() -> {
                throw failure;
            });
            join(failed);
            var body = new SleepingBody();
            var running = createTask(body);
            body.started.await();
            assertThatThrownBy(() -> gather(failed, running, failed, running)).isSameAs(failure);
            assertThat(running.isCancelled()).isTrue();
            assertThat(body.hasEnded()).isTrue();
            assertThat(race(createTask(() -> "done"), failed, createTask(() -> "done")))
                    .isEqualTo("done");
        });
    }

    @OnEveryRuntime
    void j24_taskOfAnotherRunObeysToo(TestRuntime runtime) throws Exception {
        var body = new SleepingBody();
        var others = new CompletableFuture<Task<String>>();
        var over = new Gate();
        var otherRun = Tasks.onForeignThread(() -> TestRuntime.PARALLEL.run(() -> {
            others.complete(createTask(body));
            over.await();
            return "over";
        }));
        runtime.run(() -> {
            body.started.await();
            var running = Weft.await(others);
            var failure = new IOException("boom");
            Task<String> failed = createTask(() -> {
                throw failure;
            });
            join(failed);
            assertThatThrownBy(() -> gather(failed, running)).isSameAs(failure);
            assertThat(running.isCancelled()).isTrue();
            assertThat(body.hasEnded()).isTrue();
        });
        over.open();
        otherRun.join();
    }

    @OnEveryRuntime
    void j24_taskThatIsCancelledWhileWatchedDecides(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var one = new SleepingBody();
            var other = new SleepingBody();
            var first = createTask(one);
            var second = createTask(other);
            one.started.await();
            other.started.await();
            createTask(() -> second.cancel("from elsewhere"));
            assertThatThrownBy(() -> gather(first, second)).isInstanceOf(CancellationException.class);
            assertThat(first.isCancelled()).isTrue();
            assertThat(one.hasEnded() && other.hasEnded()).isTrue();
        });
    }

    /** The decision would ask the caller to stop, which would then wait for itself. */
    @OnEveryRuntime
    void j24_callerAmongTheTasks_isRefusedBeforeAnybodyIsAsked(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            Task<String> failed = createTask(() -> {
                throw new IOException("boom");
            });
            join(failed);
            assertThat(failed.exception()).isInstanceOf(IOException.class);
            var running = createTask(new SleepingBody());
            assertThatIllegalStateException().isThrownBy(() -> gather(failed, self(), running));
            assertThatIllegalStateException().isThrownBy(() -> race(createTask(() -> "done"), self()));
            assertThat(self().cancelling()).isZero();
            assertThat(running.isDone()).isFalse();
            running.cancel();
        });
    }

    /** Asked to stop, it would ask the caller, which it awaits, and join it. */
    @OnEveryRuntime
    void j24_taskThatAwaitsTheCaller_isRefusedBeforeAnybodyIsAsked(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            Task<String> failed = createTask(() -> {
                throw new IOException("boom");
            });
            join(failed);
            assertThat(failed.exception()).isInstanceOf(IOException.class);
            var awaits = new CompletableFuture<Task<?>>();
            var caller = createTask("Romeo", () -> {
                Task<?> other = Weft.await(awaits);
                awaitWaiting(List.of(other));
                assertThatIllegalStateException()
                        .isThrownBy(() -> gather(failed, other))
                        .withMessageContainingAll("Romeo", "Juliet");
                assertThat(other.cancelling()).isZero();
                return "goes on";
            });
            var other = createTask("Juliet", () -> caller.await());
            awaits.complete(other);
            assertThat(other.await()).isEqualTo("goes on");
        });
    }
}
