package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.StandInException;
import dev.weft.sync.Queue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** H10: exceptions cross a wire. */
class SerializationTest {

    private static final Cancellation CANCELLATION = new Cancellation("enough", "task 'a'", Deadline.ofNanos(7));

    /** Made as users get them. */
    private static Map<String, Throwable> all() throws Exception {
        var all = new TreeMap<String, Throwable>();
        TestRuntime.EVENT_LOOP.run(() -> {
            add(
                    all,
                    () -> taskGroup(group -> {
                        group.createTask(() -> {
                            throw new IOException("no route");
                        });
                        group.createTask(() -> {
                            throw new IllegalStateException("boom");
                        });
                    }));
            add(all, () -> timeout(Duration.ZERO, () -> sleep(FOREVER)));
            var cancelled = createTask(() -> sleep(FOREVER));
            cancelled.cancel("enough");
            add(all, cancelled::await);
            add(all, () -> {
                Tasks.self().cancel("enough");
                try {
                    sleep(FOREVER);
                } finally {
                    Tasks.self().uncancel();
                }
            });
            add(all, () -> createTask(() -> Tasks.self().await()).await());
            add(all, () -> new Queue<String>().getNowait());
            var full = new Queue<String>(1);
            full.putNowait("a");
            add(all, () -> full.putNowait("b"));
            full.shutdown();
            add(all, () -> full.putNowait("b"));
        });
        all.put(
                RunAbandonedException.class.getName(),
                new RunAbandonedException("run", List.of(), new InterruptedException("first")));
        all.put(CallerTrace.class.getName(), new CallerTrace("here", new IOException().getStackTrace()));
        all.put(StandInException.class.getName(), new StandInException(new IOException("boom")));
        return all;
    }

    private static void add(Map<String, Throwable> all, ThrowingCallable call) {
        var thrown = catchThrowable(call);
        all.put(thrown.getClass().getName(), thrown);
    }

    @Test
    void h10_everyExceptionSurvivesARoundTrip() throws Exception {
        var all = all();
        var classes = exceptionClasses();
        assertThat(classes).contains(ExceptionGroup.class.getName(), "dev.weft.sync.QueueFullException");
        assertThat(all.keySet())
                .as("give this test one of each exception class")
                .containsAll(classes);
        for (var exception : all.values()) {
            exception.addSuppressed(new IOException("meanwhile"));
            if (exception.getCause() == null) {
                exception.initCause(new IOException("because"));
            }
            assertSame(exception, roundTrip(exception));
        }
    }

    private static List<String> exceptionClasses() throws IOException, ClassNotFoundException {
        var root = Path.of(ChildJvm.classPath(Weft.class));
        var names = new ArrayList<String>();
        try (var files = Files.walk(root)) {
            for (var file : files.map(root::relativize).map(Path::toString).toList()) {
                var name = file.replace(File.separatorChar, '.').replaceAll("\\.class$", "");
                if (file.endsWith(".class")
                        && !name.equals("module-info")
                        && Throwable.class.isAssignableFrom(Class.forName(name, false, Weft.class.getClassLoader()))) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static void assertSame(Throwable before, Throwable after) {
        assertThat(after).hasSameClassAs(before).hasToString(before.toString());
        assertThat(after.getStackTrace()).isEqualTo(before.getStackTrace());
        assertThat(after.getSuppressed()).hasSameSizeAs(before.getSuppressed());
        for (var i = 0; i < before.getSuppressed().length; i++) {
            assertSame(before.getSuppressed()[i], after.getSuppressed()[i]);
        }
        if (before.getCause() != null) {
            assertSame(before.getCause(), after.getCause());
        }
    }

    @Test
    void h10_groupKeepsItsTreeAndWhoIsWho() throws Exception {
        var inner = new ExceptionGroup("inner", List.of(new IOException("a"), new IOException("b")));
        var outer = new ExceptionGroup("outer", List.of(inner, new IllegalStateException("c")));
        inner.getSuppressed()[0].addSuppressed(outer); // and a way back
        var read = roundTrip(outer);
        assertThat(read).hasMessage(outer.getMessage());
        assertThat(read.leaves()).map(Throwable::getMessage).containsExactly("a", "b", "c");
        assertThat(read.getCause()).isSameAs(read.exceptions().getFirst());
        assertThat(read.getSuppressed()).containsExactly(read.exceptions().get(1));
        assertThat(read.leaves().get(1).getSuppressed()).containsExactly(read);
    }

    @Test
    void h10_cancellationsKeepWhoWhyAndWhen() throws Exception {
        assertThat(roundTrip(new CancelledException(CANCELLATION)).cancellation())
                .usingRecursiveComparison()
                .isEqualTo(CANCELLATION);
        assertThat(roundTrip(new AwaitedCancelledException("task 'b'", CANCELLATION, null))
                        .cancellation())
                .usingRecursiveComparison()
                .isEqualTo(CANCELLATION);
        var late = roundTrip(new DeadlineExceededException(Deadline.never(), "timeout of 2s"));
        assertThat(late.deadline()).isEqualTo(Deadline.never());
        assertThat(late.owner()).isEqualTo("timeout of 2s");
    }

    @Test
    void h10_reasonThatCannotBeWritten_isReplacedByItsText() throws Exception {
        var read = roundTrip(
                new CancelledException(new Cancellation(new Foreign("the reason"), "task 'a'", Deadline.ofNanos(7))));
        assertThat(read.cancellation().reason()).isEqualTo("the reason");
        assertThat(read.cancellation().origin()).isEqualTo("task 'a'");
        assertThat(read.cancellation().at()).isEqualTo(Deadline.ofNanos(7));
        assertThat(read).hasMessage("cancelled by task 'a': the reason");
    }

    @Test
    void h10_memberThatCannotBeWritten_isReplacedByItsText() throws Exception {
        var member = new ForeignException("boom");
        member.initCause(new IOException("below"));
        member.addSuppressed(new ForeignException("beside"));
        var kept = new IOException("kept");
        var inner = new ExceptionGroup("inner", List.of(kept, member));
        var outer = new ExceptionGroup("outer", List.of(inner, member, kept));
        var late = new CancelledException(CANCELLATION);
        late.addSuppressed(member);
        outer.addSuppressed(late);

        var read = roundTrip(outer);
        assertThat(read.leaves()).hasSize(2);
        assertThat(read.leaves().getFirst())
                .isInstanceOf(IOException.class)
                .isSameAs(read.exceptions().getLast());
        var standIn = read.exceptions().get(1);
        assertThat(standIn)
                .isSameAs(read.leaves().get(1))
                .hasMessageStartingWith(member.toString())
                .hasCauseInstanceOf(IOException.class);
        assertThat(standIn.getStackTrace()).isEqualTo(member.getStackTrace());
        assertThat(standIn.getSuppressed()).hasSize(1);
        assertThat(standIn.getSuppressed()[0]).hasMessageContaining("beside");
        var readLate = Arrays.stream(read.getSuppressed())
                .filter(CancelledException.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(readLate.getSuppressed()).containsExactly(standIn);
    }

    @Test
    void h10_memberWhoseOwnCodeThrows_doesNotTakeTheOthersWithIt() throws Exception {
        var hostile = new HostileException();
        hostile.addSuppressed(new ExceptionGroup("a way back", List.of(hostile)));
        var read = roundTrip(new ExceptionGroup("outer", List.of(new IOException("kept"), hostile)));
        assertThat(read.exceptions()).hasSize(2);
        assertThat(read.exceptions().getFirst()).isInstanceOf(IOException.class).hasMessage("kept");
        assertThat(read.exceptions().getLast()).hasMessageContaining(HostileException.class.getName());
    }

    @SuppressWarnings("unchecked") // what is read is what was written
    private static <T extends Throwable> T roundTrip(T exception) throws IOException, ClassNotFoundException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    private record Foreign(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    @SuppressWarnings("serial") // that is the point
    private static final class ForeignException extends RuntimeException {
        private final Foreign part = new Foreign("no part of this can be written");

        ForeignException(String message) {
            super(message);
        }
    }

    @SuppressWarnings("serial") // it throws before it comes to that
    private static final class HostileException extends RuntimeException {
        private void writeObject(ObjectOutputStream out) {
            throw new StackOverflowError("while it is written");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("while it is asked");
        }

        @Override
        public String getMessage() {
            throw new IllegalStateException("while it is asked");
        }
    }
}
