package dev.weft.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The reserve of stack is there when it was asked for, interpreted and compiled. */
@Tag("races")
class StackReserveTest {

    private static final int STACK = 320_000;

    /** Until all has been compiled. */
    private static final int ROUNDS = 400;

    /** That many calls take less than the reserve, even interpreted. */
    private static final int CALLS = 50;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overflows = new AtomicInteger();
    private boolean isInside;

    @Test
    void h1_whatFollowsTheReserve_doesNotOverflow() throws Exception {
        overflow(StackReserve::forSection);
        assertThat(overflows).hasValue(ROUNDS);
        assertThat(inside).as("overflows within the reserve").hasValue(0);
    }

    /** Called directly, so that a compiler may inline it: as Weft calls it. */
    @Test
    void h1_laterReserveWithinAnEarlierOne_isThere() throws Exception {
        var thread = new Thread(
                null,
                () -> {
                    for (var i = 0; i < ROUNDS; i++) {
                        isInside = false;
                        try {
                            offsetDirectly(i % 61);
                        } catch (StackOverflowError e) {
                            overflows.incrementAndGet();
                            inside.addAndGet(isInside ? 1 : 0);
                        }
                    }
                },
                "overflowing",
                STACK);
        thread.start();
        thread.join();
        assertThat(overflows).hasValue(ROUNDS);
        assertThat(inside).as("overflows within the reserve").hasValue(0);
    }

    private int offsetDirectly(int offset) {
        return offset > 0 ? offsetDirectly(offset - 1) + 1 : downDirectly(0);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack is full
    private int downDirectly(int depth) {
        StackReserve.forTurn();
        isInside = true;
        StackReserve.forConstruct();
        StackReserve.forCall();
        section(5);
        isInside = false;
        return downDirectly(depth + 1) + 1;
    }

    private static void section(int frames) {
        if (frames > 0) {
            section(frames - 1);
        } else {
            StackReserve.forSection();
        }
    }

    @Test
    void canary_withoutTheReserve_itDoes() throws Exception {
        overflow(() -> {});
        assertThat(inside).hasPositiveValue();
    }

    private void overflow(Runnable reserve) throws InterruptedException {
        var thread = new Thread(
                null,
                () -> {
                    for (var i = 0; i < ROUNDS; i++) {
                        isInside = false;
                        try {
                            offset(i % 61, reserve);
                        } catch (StackOverflowError e) {
                            overflows.incrementAndGet();
                            inside.addAndGet(isInside ? 1 : 0);
                        }
                    }
                },
                "overflowing",
                STACK);
        thread.start();
        thread.join();
    }

    private int offset(int offset, Runnable reserve) {
        return offset > 0 ? offset(offset - 1, reserve) + 1 : down(reserve);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack is full
    private int down(Runnable reserve) {
        reserve.run();
        isInside = true;
        calls(CALLS);
        isInside = false;
        return down(reserve) + 1;
    }

    private static int calls(int left) {
        return left == 0 ? 0 : 1 + calls(left - 1);
    }
}
