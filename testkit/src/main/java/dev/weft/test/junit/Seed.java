package dev.weft.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A schedule that a {@link SimulationTest} is run under before all others, as a failure message named it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Seeds.class)
public @interface Seed {

    /** As {@link dev.weft.test.Schedule#of} reads it. */
    String value();
}
