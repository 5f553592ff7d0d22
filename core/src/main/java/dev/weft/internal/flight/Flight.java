package dev.weft.internal.flight;

import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is anything to record for. No other class of this package may be touched while {@link #isOn} does not
 * hold.
 */
public final class Flight {

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private static final int MAX_TEXT = 500;
    private static final int MAX_FRAMES = 32;

    private Flight() {}

    /** Whether the flight recorder has ever been used in this process: until then no event class need be loaded. */
    public static boolean isOn() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }

    /** Text that a user's code gives: it may fail, be null, or long. */
    public static String text(Supplier<? extends @Nullable String> source) {
        String text;
        try {
            text = source.get();
        } catch (Throwable e) {
            return "(" + e.getClass().getName() + " while asked for its text)";
        }
        if (text == null) {
            return "";
        }
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    /** A stack, as lines. */
    public static String frames(StackTraceElement[] stack) {
        var text = new StringBuilder();
        for (var i = 0; i < stack.length && i < MAX_FRAMES; i++) {
            text.append(i == 0 ? "" : "\n").append(stack[i]);
        }
        return text.toString();
    }
}
