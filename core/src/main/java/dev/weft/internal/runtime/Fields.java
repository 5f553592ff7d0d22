package dev.weft.internal.runtime;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;

/** Handles of a class's own fields. */
public final class Fields {

    private Fields() {}

    /**
     * Returns the handle of a field of the class that {@code own} was made in.
     *
     * @throws ExceptionInInitializerError if there is no such field
     */
    public static VarHandle handle(Lookup own, String name, Class<?> type) {
        try {
            return own.findVarHandle(own.lookupClass(), name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
