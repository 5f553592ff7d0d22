package dev.weft.test.internal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.internal.hooks.Hooks;
import dev.weft.test.internal.hooks.Point;
import dev.weft.test.internal.hooks.SwitchPoints;
import dev.weft.test.internal.rewrite.corpus.Small;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which hooks a small method calls, and in which order. */
@Timeout(60)
class SequenceTest {

    /** Writes down what it is told, of any thread; its time is its own. */
    private static final class Recorder implements Hooks {
        final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        final List<Object> subjects = Collections.synchronizedList(new ArrayList<>());
        final List<StackTraceElement> frames = Collections.synchronizedList(new ArrayList<>());
        volatile long nanos;

        @Override
        public void point(Point kind, Object subject, String what) {
            seen.add(kind + " " + what);
            frames.add(Stream.of(new Throwable().getStackTrace())
                    .skip(1)
                    .filter(frame -> !SwitchPoints.isAdded(frame))
                    .findFirst()
                    .orElseThrow());
            subjects.add(subject);
        }

        @Override
        public void outside(String what) {
            seen.add("outside: " + what);
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public long currentTimeMillis() {
            return nanos / 1_000_000;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public void sleep(long duration) {
            seen.add("sleep " + Duration.ofNanos(duration));
            nanos += duration;
        }
    }

    private final Recorder recorder = new Recorder();
    private Hooks before;
    private Rewritten small;
    private Object target;

    @BeforeEach
    void install() throws Throwable {
        small = Rewritten.of(Small.class, Small.class.getName());
        target = small.newInstance();
        before = SwitchPoints.install(recorder);
    }

    @AfterEach
    void uninstall() {
        SwitchPoints.install(before);
    }

    private List<String> run(String method) throws Throwable {
        small.invoke(Small.class.getMethod(method), target);
        return recorder.seen;
    }

    @Test
    void fields_haveAPointUnlessFinal() throws Throwable {
        assertThat(run("fields"))
                .containsExactly(
                        "READ Small$Account.balance",
                        "WRITE Small$Account.balance",
                        "WRITE Small$Account.total",
                        "READ Small.shared",
                        "WRITE Small.shared");
        assertThat(recorder.subjects.get(0).getClass().getSimpleName()).isEqualTo("Account");
        assertThat(recorder.subjects.get(2)).isSameAs(recorder.subjects.get(0));
        assertThat(recorder.subjects.get(3)).isNull();
    }

    @Test
    void constructor_hasNoPointUntilItsObjectIsSeen() throws Throwable {
        assertThat(run("constructor")).containsExactly("CALL Collection.add", "WRITE Small$Account.balance");
    }

    @Test
    void initializer_hasOnePointAtItsStart() throws Throwable {
        assertThat(run("initializer"))
                .containsExactly("WRITE Small$Initialized.value", "INITIALIZER Small$Initialized");
    }

    @Test
    void arrays_haveAPointUnlessTheyAreBeingMade() throws Throwable {
        assertThat(run("arrays"))
                .containsExactly("ARRAY_READ an array", "ARRAY_WRITE an array", "ARRAY_WRITE an array");
        assertThat(recorder.subjects.get(0)).isInstanceOf(long[].class).isSameAs(recorder.subjects.get(1));
        assertThat(recorder.subjects.get(2)).isInstanceOf(Object[].class);
    }

    @Test
    void monitors_haveAPointBeforeTheyAreEntered() throws Throwable {
        assertThat(run("monitors"))
                .containsExactly(
                        "MONITOR Small.monitors",
                        "MONITOR Small.monitors",
                        "NOTIFY Object.notifyAll",
                        "AFTER_CALL Object.notifyAll",
                        "WAIT Object.wait",
                        "AFTER_CALL Object.wait",
                        "MONITOR Small.counted");
        assertThat(recorder.subjects.get(0)).isSameAs(target);
        assertThat(recorder.subjects.get(6)).isSameAs(small.type());
    }

    @Test
    void locks_haveAPointBeforeAndAfterACall() throws Throwable {
        assertThat(run("locks"))
                .containsExactly(
                        "CALL Lock.lock",
                        "AFTER_CALL Lock.lock",
                        "CALL Lock.unlock",
                        "AFTER_CALL Lock.unlock",
                        "CALL Lock.tryLock",
                        "AFTER_CALL Lock.tryLock",
                        "CALL Lock.unlock",
                        "AFTER_CALL Lock.unlock");
    }

    @Test
    void collections_areToldByTheirClassAtRunTime() throws Throwable {
        assertThat(run("collections")).containsExactly("CALL Map.put", "COLLECTION Map.put");
    }

    @Test
    void methodReferences_haveTheirPoints() throws Throwable {
        assertThat(run("references"))
                .containsExactly(
                        "CALL Executor.execute",
                        "CALL LinkedBlockingQueue.add",
                        "AFTER_CALL LinkedBlockingQueue.add",
                        "AFTER_CALL Executor.execute",
                        "CALL LinkedBlockingQueue.take",
                        "AFTER_CALL LinkedBlockingQueue.take",
                        "sleep PT0.000000001S");
        assertThat(small.loader().unwritten())
                .containsExactly(new Unwritten(
                        Small.class.getName() + ".references",
                        "a serializable reference to AtomicInteger.get has no switch point"));
    }

    @Test
    void threads_areReportedAndHavePoints() throws Throwable {
        assertThat(run("threads"))
                .contains(
                        "outside: a platform thread",
                        "CALL Thread.start",
                        "AFTER_CALL Thread.start",
                        "READ Small.count",
                        "WRITE Small.count",
                        "CALL Thread.join",
                        "AFTER_CALL Thread.join",
                        "CALL Thread.onSpinWait");
    }

    @Test
    void thingsOutOfControl_areReported() throws Throwable {
        assertThat(run("outside"))
                .filteredOn(text -> text.startsWith("outside"))
                .containsExactly(
                        "outside: the common pool",
                        "outside: a parallel stream",
                        "outside: the common pool",
                        "outside: the thread of a java.util.Timer",
                        "outside: the common pool");
    }

    /** The line of a call that is made in a bridge, of a synchronized method, and of a reference. */
    @Test
    void stackAtAPoint_namesTheLine() throws Throwable {
        run("collections");
        assertThat(recorder.frames)
                .extracting(StackTraceElement::getMethodName)
                .containsExactly("collections", "collections");
        assertThat(recorder.frames.get(1).getLineNumber())
                .isEqualTo(recorder.frames.get(0).getLineNumber() + 1);
        recorder.frames.clear();
        run("monitors");
        assertThat(recorder.frames.get(0).getMethodName()).isEqualTo("monitors");
        assertThat(recorder.frames.get(0).getLineNumber())
                .isEqualTo(recorder.frames.get(1).getLineNumber());
        assertThat(recorder.frames.get(0).getFileName()).isEqualTo("Small.java");
        assertThat(recorder.frames.get(0).toString()).startsWith(Small.class.getName());
    }

    @Test
    void clocks_areThoseOfTheHooks() throws Throwable {
        assertThat(small.invoke(Small.class.getMethod("time"), target))
                .isEqualTo(List.of(
                        3_600_000_000_000L,
                        3_600_000L,
                        Instant.ofEpochSecond(3_600),
                        LocalDateTime.parse("1970-01-01T01:00:00"),
                        3_600_000L,
                        3_600_000L));
        assertThat(recorder.seen).contains("sleep PT1H");
    }
}
