package dev.weft.test.internal.hooks;

import dev.weft.test.internal.hooks.TimedWait.Call;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls of rewritten classes, and the place where the hooks are set. Thread-safe. */
public final class SwitchPoints {

    /** The start of the names of methods that rewriting adds to a class. */
    public static final String BRIDGE = "weft$";

    private static volatile Hooks hooks = Hooks.NONE;

    private SwitchPoints() {}

    /**
     * Sets the hooks of all rewritten classes.
     *
     * @return those before
     */
    public static synchronized Hooks install(Hooks next) {
        var before = hooks;
        hooks = next;
        return before;
    }

    /** The hooks of all rewritten classes. */
    public static Hooks hooks() {
        return hooks;
    }

    /** Whether a frame is of rewriting, and none of the user's: reports leave it out. */
    public static boolean isAdded(StackTraceElement frame) {
        return frame.getMethodName().startsWith(BRIDGE)
                || frame.getClassName().startsWith(SwitchPoints.class.getPackageName() + ".");
    }

    /** Before a monitor is entered. */
    public static void monitor(@Nullable Object monitor, String what) {
        hooks.point(Point.MONITOR, monitor, what);
    }

    /** Before {@code wait()}. */
    public static void waits(@Nullable Object monitor, String what) {
        hooks.point(Point.WAIT, monitor, what);
    }

    /** Before {@code notify()} or {@code notifyAll()}. */
    public static void notifies(@Nullable Object monitor, String what) {
        hooks.point(Point.NOTIFY, monitor, what);
    }

    /** Before a field of an object is read. */
    public static void read(@Nullable Object owner, String what) {
        hooks.point(Point.READ, owner, what);
    }

    /** Before a field of an object is written. */
    public static void write(@Nullable Object owner, String what) {
        hooks.point(Point.WRITE, owner, what);
    }

    /** Before a static field is read. */
    public static void readStatic(String what) {
        hooks.point(Point.READ, null, what);
    }

    /** Before a static field is written. */
    public static void writeStatic(String what) {
        hooks.point(Point.WRITE, null, what);
    }

    /** Before an element of an array is read. */
    public static void readElement(@Nullable Object array, int index) {
        hooks.point(Point.ARRAY_READ, array, "an array");
    }

    /** Before an element of an array is written. */
    public static void writeElement(@Nullable Object array, int index) {
        hooks.point(Point.ARRAY_WRITE, array, "an array");
    }

    /** Before a call that others may notice. */
    public static void call(@Nullable Object receiver, String what) {
        hooks.point(Point.CALL, receiver, what);
    }

    /** Before a call of a collection; whether others may notice it is decided by the receiver. */
    public static void callOf(@Nullable Object receiver, String what) {
        var kind = Receivers.of(receiver);
        if (kind != null) {
            hooks.point(kind, receiver, what);
        }
    }

    /** Before a call of a static method. */
    public static void callStatic(String what) {
        hooks.point(Point.CALL, null, what);
    }

    /** After a call that others may notice. */
    public static void afterCall(String what) {
        hooks.point(Point.AFTER_CALL, null, what);
    }

    /** At the start of a static initializer. */
    public static void initializer(String what) {
        hooks.point(Point.INITIALIZER, null, what);
    }

    /** Before the first instruction that makes the JVM initialize a class, and each one like it. */
    public static void initialize(Class<?> type) {
        hooks.initialize(type);
    }

    /** An initializer begins, for whatever reason the JVM runs it. */
    public static void begins(Class<?> type) {
        hooks.begins(type);
    }

    /** It ends, well or not. */
    public static void ends(Class<?> type) {
        hooks.ends(type);
    }

    /** Before the use of something that no simulation controls. */
    public static void outside(String what) {
        hooks.outside(what);
    }

    /**
     * A timed wait for an object whose waits are the JDK's. Those that are a user's own, and a limit that is over, are
     * waited for as they are written.
     */
    static <T extends @Nullable Object> T timed(
            Object subject, String what, long time, TimeUnit unit, Call<T> original, Call<T> untimed, Call<T> expired) {
        if (!Receivers.waitsAsJdk(subject)) {
            return run(original);
        }
        call(subject, what);
        var result = timedHere(subject, what, unit.toNanos(time), original, untimed, expired);
        afterCall(what);
        return result;
    }

    /** A timed wait without points. */
    static <T extends @Nullable Object> T timedHere(
            Object subject, String what, long nanos, Call<T> original, Call<T> untimed, Call<T> expired) {
        var current = hooks;
        return nanos <= 0 || current == Hooks.NONE
                ? run(original)
                : run(() -> current.timed(new TimedWait<>(subject, what, nanos, original, untimed, expired)));
    }

    /** Throws what it throws: the signatures of the callers declare it, as those of the JDK do. */
    private static <T extends @Nullable Object> T run(Call<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw SwitchPoints.<RuntimeException>rethrow(e);
        }
    }

    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException rethrowAny(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Exception> RuntimeException rethrow(Exception exception) throws X {
        throw (X) exception;
    }
}
