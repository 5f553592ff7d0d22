package dev.weft.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * For plain tests, on real time and all cores: a test fails if tasks that it has started still live when it has ended.
 * If it takes longer than {@link #timeoutSeconds()}, it is interrupted, which cancels the calls it is in, and fails
 * with a {@linkplain dev.weft.Weft#dump(int) dump}: the tree of all that ran then, with the waits and the stacks.
 *
 * <p>Tasks that are left are found in a dump of the JVM's threads: by tests that run at the same time, those of the
 * others are seen too. Virtual threads are seen unless the JVM was started with {@code -Djdk.trackAllThreads=false}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(LeakCheckExtension.class)
public @interface LeakCheck {

    /**
     * The time that a test may take, in real time.
     *
     * @return seconds, from 1
     */
    int timeoutSeconds() default 60;
}
