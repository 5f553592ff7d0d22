package dev.weft.test.internal.rewrite;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** The treatment of a call. */
sealed interface Treatment {

    /** It stays as it is. */
    record Nothing() implements Treatment {}

    /**
     * A hook is called before it, with the receiver if there is one.
     *
     * @param hook the name of the method of {@code SwitchPoints}
     * @param what the class and the method, for traces
     * @param after whether a hook is called after it, too
     */
    record Before(String hook, String what, boolean after) implements Treatment {}

    /**
     * A static method is called in place of it.
     *
     * @param owner the class of the method
     * @param name its name
     * @param type its type: the receiver is its first parameter
     */
    record Route(ClassDesc owner, String name, MethodTypeDesc type) implements Treatment {}

    /** Is given the executor of the hooks as one more argument, if there is one. */
    record WithExecutor() implements Treatment {}

    /** The class of the method is initialized before: for references, as calls have that in place. */
    record Initializes() implements Treatment {}

    /** Is reported as out of control. */
    record Outside(String what) implements Treatment {}

    /** A call of a class without switch points, which others may notice: a hook is called before it. */
    record OfLibrary(String what) implements Treatment {}

    /** It stays as it is. */
    Treatment NOTHING = new Nothing();
}
