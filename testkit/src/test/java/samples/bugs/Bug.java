package samples.bugs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A bug that somebody has met, rebuilt small: the class has two tests, {@code broken}, which fails under some
 * schedules, and {@code mended}, which fails under none.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Bug {

    /** Where it was reported: repository and number; or the commit of this repository that mended it. */
    String report();

    /** Where a schedule must be able to switch for it to show. */
    Needs needs();

    /** A part of the message of what is found. */
    String finding();

    /** Places where threads may be switched, each with those before it. */
    enum Needs {
        /** Calls that block. */
        BLOCKING,
        /** Locks and monitors that are free. */
        LOCKS,
        /** Other calls of {@code java.util.concurrent}, and of collections. */
        CALLS,
        /** Fields and array elements. */
        FIELDS,
        /** Class initializers. */
        CLASSES
    }
}
