package dev.weft.test.junit;

import dev.weft.test.SimulationError;
import dev.weft.test.Strategy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test whose method is the main of a {@link dev.weft.test.Simulation}, and is run once for each schedule. It may have
 * a {@link dev.weft.test.World} as a parameter. It must make all its state itself: the test instance, and what
 * {@code @BeforeEach} has made, is the same for all schedules.
 *
 * <p>A failure names the schedule in a line that can be pasted above the method: {@link Seed}. How much was seen is
 * published as a report entry of JUnit, {@code weft.schedules}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Test
@ExtendWith(SimulationExtension.class)
public @interface SimulationTest {

    /**
     * The number of schedules: the first is the event loop's order, the others are drawn from the seeds 1, 2, 3, ….
     * Without a change of the tests, JUnit's configuration parameter {@code weft.simulation.factor} multiplies the
     * number (but one stays one), and {@code weft.simulation.firstSeed} begins with another seed.
     *
     * @return the number of schedules, from 1
     */
    int seeds() default 100;

    /**
     * Whether all schedules are run, if these are not more than {@link #seeds}: those with the fewest detours from the
     * event loop's order first. See {@link dev.weft.test.Simulation#exhaust}.
     *
     * @return true for every schedule
     */
    boolean exhaustive() default false;

    /**
     * Whether each task is cancelled at each of its waits as well, in the event loop's order.
     *
     * @return true for two more executions for each wait of each task
     */
    boolean sweep() default false;

    /**
     * Whether locks, monitors and threads of the JDK are scheduled as well: see {@link dev.weft.test.Simulation#deep}.
     * Without the option that this needs of the JVM, the test fails, and says how to give it.
     *
     * @return true for a deep simulation
     */
    boolean deep() default false;

    /**
     * Packages and classes that have switch points in a {@link #deep} simulation beside those of the test's package,
     * each with what is below or within: {@code "com.acme.pool"}. Code of others, a library's say, can be among them.
     *
     * @return names of packages and classes; none for the test's package alone
     */
    String[] rewrite() default {};

    /**
     * The strategies by which schedules are drawn.
     *
     * @return the strategies, which take turns
     */
    Strategy[] strategies() default {Strategy.RANDOM, Strategy.PCT, Strategy.POS};

    /**
     * Findings that are not taken for a failure.
     *
     * @return kinds of findings; none, so that each finding is a failure
     */
    SimulationError.Kind[] allow() default {};

    /**
     * The limit of turns for each execution.
     *
     * @return the number of turns, after which an execution counts as one that does not end
     */
    long stepLimit() default 1_000_000;

    /**
     * Whether the clock moves only by {@link dev.weft.test.World#advanceBy}.
     *
     * @return false for a clock that jumps ahead when all tasks wait
     */
    boolean manualClock() default false;
}
