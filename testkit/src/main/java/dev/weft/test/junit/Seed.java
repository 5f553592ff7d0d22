package dev.weft.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A schedule that a {@link SimulationTest} is run under before all others, as a failure message named it. A test that
 * is none fails.
 */
@Target(ElementType.METHOD)
@ExtendWith(SimulationExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Seeds.class)
public @interface Seed {

    /**
     * The schedule, as {@link dev.weft.test.Schedule#of} reads it.
     *
     * @return its name in a failure message
     */
    String value();
}
