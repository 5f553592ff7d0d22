package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;

/** The methods before and after a test, also those of outer classes. */
@Disabled("run by DeepSimulationTest")
class Lifecycles {

    private static final List<String> CALLED = new ArrayList<>();

    private final List<String> called = new ArrayList<>();

    @BeforeAll
    static void outerAll() {
        CALLED.add("outer");
    }

    @BeforeEach
    void outer() {
        called.add("outer");
    }

    @AfterEach
    void outerEnd() {
        assertThat(called).endsWith("inner end");
    }

    /** Its instance has one of the outer class, whose methods are called on that. */
    @Nested
    class Inner {

        @BeforeAll
        static void innerAll() {
            CALLED.add("inner");
        }

        @BeforeEach
        void inner() {
            called.add("inner");
        }

        @AfterEach
        void innerEnd() {
            called.add("inner end");
        }

        @SimulationTest(deep = true, seeds = 2)
        void correct_outerComesFirst_andEndsLast() {
            assertThat(CALLED).containsExactly("outer", "inner");
            assertThat(called).containsExactly("outer", "inner");
        }
    }

    /** A test that fails, and whose clean-up fails, too. */
    @Nested
    class Failing {

        @AfterEach
        void end() {
            called.add("inner end");
            throw new IllegalArgumentException("in the method after");
        }

        @SimulationTest(deep = true, seeds = 2)
        void faulty_bothFailuresAreKept() {
            throw new AssertionError("in the test");
        }
    }

    @AfterAll
    static void end() {
        assertThat(CALLED).first().isEqualTo("outer");
    }
}
