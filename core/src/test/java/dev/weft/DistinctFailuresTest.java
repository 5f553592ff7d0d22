package dev.weft;

import static dev.weft.Tasks.join;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.internal.task.Suppression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** J25: a member of a group is there once. H9: collecting n failures costs n. */
class DistinctFailuresTest {

    private static final int MANY = TestRuntime.areOthers() ? 1_000 : 40_000;

    private final IOException failure = new IOException("no route");

    private Body<String, IOException> fails() {
        return () -> {
            throw failure;
        };
    }

    @OnEveryRuntime
    void j25_failedChildAwaitedByTheBlock_isAMemberOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = groupThrownBy(() -> taskGroup(group -> {
                var child = group.createTask(fails());
                join(child);
                child.await();
            }));
            assertOnce(thrown);
        });
    }

    @OnEveryRuntime
    void j25_failedChildAwaitedByItsSiblings_isAMemberOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = groupThrownBy(() -> taskGroup(GroupOptions.supervisor(), group -> {
                var child = group.createTask(fails());
                group.createTask(() -> child.await());
                group.createTask(() -> gather(child));
            }));
            assertOnce(thrown);
        });
    }

    @OnEveryRuntime
    void j25_failedChildAwaitedInAGroupInTheGroup_isHandledOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = groupThrownBy(() -> taskGroup(GroupOptions.supervisor(), group -> {
                var child = group.createTask(fails());
                group.createTask(() -> taskGroup(inner -> {
                    inner.createTask(() -> child.await());
                }));
            }));
            assertHandledOnce(thrown);
        });
    }

    @OnEveryRuntime
    void j25_gatherOfTasksThatFailWithTheSame_suppressesNoneTwice(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var child = createTask(fails());
            join(child);
            var thrown = catchThrowable(() -> gather(() -> child.await(), () -> child.await(), child));
            assertThat(thrown)
                    .isSameAs(failure)
                    .satisfies(e -> assertThat(Suppressed.in(e)).isEmpty());
        });
    }

    @Test
    void j25_groupMadeOfOneExceptionGivenTwice() {
        var other = new IOException("other");
        var group = new ExceptionGroup("made by hand", List.of(failure, other, failure));
        assertThat(group.exceptions()).containsExactly(failure, other);
        assertThat(Suppressed.in(group)).containsExactly(other);
        assertHandledOnce(new ExceptionGroup("nested", List.of(failure, group)));
    }

    /** Equal is not the same. */
    @Test
    void j25_membersAreToldApartByIdentity() {
        var one = new EqualException();
        var other = new EqualException();
        var group = new ExceptionGroup("equal", List.of(one, other));
        assertThat(group.exceptions()).hasSize(2);
        assertThat(group.leaves()).hasSize(2);
    }

    private static final class EqualException extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean equals(Object other) {
            return other instanceof EqualException;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static ExceptionGroup groupThrownBy(ThrowingCallable call) {
        return catchThrowableOfType(ExceptionGroup.class, call);
    }

    private void assertOnce(ExceptionGroup thrown) {
        assertThat(thrown.exceptions()).containsExactly(failure);
        assertHandledOnce(thrown);
    }

    private void assertHandledOnce(ExceptionGroup thrown) {
        var handled = new ArrayList<Throwable>();
        thrown.handle(IOException.class, exception -> {
            if (exception == failure) {
                handled.add(exception);
            }
        });
        assertThat(handled).hasSize(1);
    }

    // ---- H9: with a copy of what is there for each one that is added, these take many times as long as all else

    private static List<Body<String, Exception>> failing(int count) {
        return IntStream.range(0, count)
                .<Body<String, Exception>>mapToObj(i -> () -> {
                    throw new Cheap();
                })
                .toList();
    }

    private static final class Cheap extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Counts what the additions to one exception cost, and not the time, which depends on the machine. */
    @Test
    void h9_suppressingManyCopiesNothingForEach() {
        var thrown = new Cheap();
        var many = IntStream.range(0, 200_000).mapToObj(i -> new Cheap()).toList();
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();
        Suppression.addAll(thrown, many);
        var perFailure = (threads.getCurrentThreadAllocatedBytes() - before) / many.size();
        assertThat(Suppressed.in(thrown)).hasSize(many.size());
        assertThat(perFailure).isLessThan(500);
    }

    @OnEveryRuntime
    void h9_gatherOfManyThatFail(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var go = new Gate();
            var bodies = new ArrayList<Body<Object, Exception>>();
            for (var body : failing(MANY)) {
                bodies.add(() -> {
                    go.awaitStubbornly();
                    return body.run();
                });
            }
            bodies.add(() -> {
                go.open();
                return "ends";
            });
            var thrown = catchThrowable(() -> gather(bodies));
            assertThat(thrown).isInstanceOf(Cheap.class);
        });
    }

    @OnEveryRuntime
    void h9_mapAndGroupOfManyThatFail(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(() -> mapConcurrent(failing(MANY), MANY, Body::run));
            assertThat(thrown).isInstanceOf(Cheap.class);
            var group = groupThrownBy(() -> taskGroup(GroupOptions.supervisor(), children -> {
                failing(MANY).forEach(children::createTask);
            }));
            assertThat(group.exceptions()).hasSize(MANY);
            assertThat(group.leaves()).hasSize(MANY);
        });
    }
}
