package dev.weft.test.internal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.internal.hooks.Hooks;
import dev.weft.test.internal.hooks.Point;
import dev.weft.test.internal.hooks.SwitchPoints;
import dev.weft.test.internal.rewrite.corpus.Races;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Another thread that runs at one switch point provokes what a program has wrong: there is a point in each gap. */
@Timeout(60)
class ProvokedRaceTest {

    /** The method, the point at which another thread runs it too, what comes out then, and what is right. */
    static Stream<Arguments> races() {
        return Stream.of(
                Arguments.of("incrementPlain", "WRITE Races.plain", 1, 2),
                Arguments.of("incrementElement", "ARRAY_WRITE an array", 1, 2),
                Arguments.of("incrementAtomicInTwoSteps", "CALL AtomicInteger.set", 1, 2),
                Arguments.of("incrementMap", "CALL Map.put", 1, 2),
                Arguments.of("incrementUnsafeMap", "COLLECTION Map.put", 1, 2),
                Arguments.of("incrementVolatileByHandle", "CALL VarHandle.setVolatile", 1, 2),
                Arguments.of("incrementInMonitors", "MONITOR Races.add", 1, 2),
                Arguments.of("incrementAtomic", "CALL AtomicInteger.incrementAndGet", 2, 2));
    }

    @ParameterizedTest
    @MethodSource("races")
    void otherThreadAtThePoint_doesWhatTheGapAllows(String method, String point, int provoked, int right)
            throws Throwable {
        assertThat(run(method, "nowhere")).as("one after the other").isEqualTo(right);
        assertThat(run(method, point)).as("the other at %s", point).isEqualTo(provoked);
    }

    private static Object run(String name, String at) throws Throwable {
        var races = Rewritten.of(Races.class, Races.class.getName());
        var target = races.newInstance();
        var method = Races.class.getMethod(name);
        var other = new AtomicBoolean();
        var before = SwitchPoints.install(new Hooks() {
            @Override
            public void point(Point kind, Object subject, String what) {
                if (at.equals(kind + " " + what) && other.compareAndSet(false, true)) {
                    runOther();
                }
            }

            private void runOther() {
                var thread = Thread.startVirtualThread(() -> {
                    try {
                        races.invoke(method, target);
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                });
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        try {
            races.invoke(method, target);
            if (!other.get()) {
                races.invoke(method, target);
            }
            return races.invoke(Races.class.getMethod("result"), target);
        } finally {
            SwitchPoints.install(before);
        }
    }
}
