package dev.weft.test.internal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.test.internal.rewrite.corpus.Shapes;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Running a test method with switch points. This class is itself what is rewritten. */
@Timeout(60)
class RewrittenTest {

    /** An argument of a rewritten class. */
    record Argument(int value) {}

    /** A nested class as JUnit has them. */
    class Nested {
        String outer() {
            return "in " + RewrittenTest.this.getClass().getSimpleName() + instance;
        }
    }

    /** Cannot be made. */
    static class WithParameters {
        WithParameters(int number) {}

        void test() {}
    }

    /** Fails as it is made. */
    static class Failing {
        Failing() throws IOException {
            throw new IOException("in the constructor");
        }

        void test() {}
    }

    private final int instance = 3;

    private static Object run(String method, Object... arguments) throws Throwable {
        for (var each : RewrittenTest.class.getDeclaredMethods()) {
            if (each.getName().equals(method)) {
                return Rewritten.run(each, arguments);
            }
        }
        throw new AssertionError(method);
    }

    ClassLoader contextLoader(int number, String text) {
        assertThat(number + text).isEqualTo("1a");
        return Thread.currentThread().getContextClassLoader();
    }

    static String statically() {
        return RewrittenTest.class.getClassLoader().getClass().getSimpleName();
    }

    void checked() throws IOException {
        throw new IOException("as it is");
    }

    void assertion() {
        var lock = new ReentrantLock();
        lock.lock();
        assertThat(lock.isLocked()).as("the lock").isFalse();
    }

    void takes(Argument argument) {}

    @Test
    void loaderOfTheContext_isThatOfTheClass() throws Throwable {
        var before = Thread.currentThread().getContextClassLoader();
        assertThat(run("contextLoader", 1, "a")).isInstanceOf(RewritingLoader.class);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        assertThat(run("statically")).isEqualTo("RewritingLoader");
    }

    @Test
    void exceptions_comeAsTheyAreThrown() {
        assertThatThrownBy(() -> run("checked")).isInstanceOf(IOException.class).hasMessage("as it is");
        assertThatThrownBy(() -> run("assertion"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the lock");
        assertThatThrownBy(() -> Rewritten.run(Failing.class.getDeclaredMethod("test")))
                .isInstanceOf(IOException.class)
                .hasMessage("in the constructor");
    }

    static int runs;

    int counted() {
        return ++runs;
    }

    @Test
    void classOnceMore_beginsWithItsStaticFieldsAsAtTheStart() throws Throwable {
        var method = RewrittenTest.class.getDeclaredMethod("counted");
        var first = Rewritten.of(RewrittenTest.class);
        assertThat(first.invoke(method, first.newInstance())).isEqualTo(1);
        assertThat(first.invoke(method, first.newInstance())).isEqualTo(2);
        var again = first.again();
        assertThat(again.invoke(method, again.newInstance())).isEqualTo(1);
        assertThat(again.type().desiredAssertionStatus()).isEqualTo(first.type().desiredAssertionStatus());
        assertThat(runs).isZero();
    }

    @Test
    void nestedClass_isMadeInANewOuterOne() throws Throwable {
        assertThat(Rewritten.run(Nested.class.getDeclaredMethod("outer"))).isEqualTo("in RewrittenTest3");
    }

    @Test
    void whatCannotBeGiven_isSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("takes", new Argument(1)))
                .withMessageContaining("argument 0 of takes")
                .withMessageContaining("make it within the test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rewritten.run(WithParameters.class.getDeclaredMethod("test")))
                .withMessageContaining("the constructor of " + WithParameters.class.getName() + " has parameters");
    }

    @Test
    void linesOfAStackTrace_areThoseOfTheSource() throws Exception {
        var method = Shapes.class.getMethod("constructors");
        assertThat(method).isNotNull();
        var plain = catchThrowable(this::checked);
        var rewritten = catchThrowable(() -> run("checked"));
        assertThat(rewritten.getStackTrace()[0].getLineNumber()).isEqualTo(plain.getStackTrace()[0].getLineNumber());
        assertThat(rewritten.getStackTrace()[0].getFileName()).isEqualTo("RewrittenTest.java");
    }
}
