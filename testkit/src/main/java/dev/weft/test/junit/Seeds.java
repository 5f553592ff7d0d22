package dev.weft.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several {@link Seed}s. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(SimulationExtension.class)
public @interface Seeds {

    /**
     * The seeds.
     *
     * @return one schedule for each, before all others
     */
    Seed[] value();
}
