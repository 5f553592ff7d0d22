package dev.weft.test.internal.hooks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that rewritten classes call in place of a method of the JDK. It takes the receiver, if there is one,
 * and then the same arguments.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Instead {
    /** The class that has the method. A call on one of its subclasses is meant too. */
    Class<?> value();

    /** The name of the method; if empty, that of the annotated one. A constructor is {@code <init>}. */
    String name() default "";
}
