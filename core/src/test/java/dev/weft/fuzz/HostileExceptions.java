package dev.weft.fuzz;

import dev.weft.ExceptionGroup;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** Exceptions that a user's body may throw, whose own methods throw, never end, lie or form circles. */
final class HostileExceptions {

    private static final int KINDS = 16;

    private HostileExceptions() {}

    /** An exception of a random kind. */
    static Throwable random(Random random) {
        return of(random.nextInt(KINDS));
    }

    /** Of a task that has been cancelled meanwhile, it tells of that, and is not a failure: nobody need see it. */
    static boolean looksLikeAnInterrupt(Throwable exception) {
        return exception instanceof SilentSocketException;
    }

    private static Throwable of(int kind) {
        return switch (kind) {
            case 0 -> new CauseThrows();
            case 1 -> new CausesWithoutEnd();
            case 2 -> new CircleOfCauses();
            case 3 -> new TextThrows();
            case 4 -> new EqualToEverything();
            case 5 -> new IdentityThrows();
            case 6 -> new TakesNoSuppressed();
            case 7 -> new TraceThrows();
            case 8 -> new SilentSocketException();
            case 9 -> new AssertionError("on purpose");
            case 10 -> new OutOfMemoryError("on purpose: the heap is not full");
            case 11 -> new StackOverflowError("on purpose: the stack is not full");
            case 12 -> new ExceptionGroup("a user's own", List.of(new CauseThrows(), new Exception("plain")));
            case 13 -> new SQLException("checked", "08000", new TextThrows());
            case 14 -> new CausedByItself();
            default -> new IllegalStateException("plain");
        };
    }

    private static final class CauseThrows extends RuntimeException {
        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("getCause throws");
        }
    }

    private static final class CausesWithoutEnd extends RuntimeException {
        @Override
        public synchronized Throwable getCause() {
            return new CausesWithoutEnd();
        }
    }

    private static final class CircleOfCauses extends Exception {
        private final Exception back = new Exception("back", this);

        @Override
        public synchronized Throwable getCause() {
            return back;
        }
    }

    private static final class CausedByItself extends Exception {
        @Override
        public synchronized Throwable getCause() {
            return this;
        }
    }

    private static final class TextThrows extends Exception {
        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage throws");
        }

        @Override
        public String toString() {
            throw new StackOverflowError("toString throws");
        }
    }

    private static final class EqualToEverything extends RuntimeException {
        @Override
        public boolean equals(Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static final class IdentityThrows extends RuntimeException {
        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals throws");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode throws");
        }
    }

    private static final class TakesNoSuppressed extends Exception {
        TakesNoSuppressed() {
            super("takes no suppressed ones", null, false, false);
        }
    }

    private static final class TraceThrows extends RuntimeException {
        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("getStackTrace throws");
        }

        @Override
        public void setStackTrace(StackTraceElement[] trace) {
            throw new IllegalStateException("setStackTrace throws");
        }

        @Override
        public synchronized Throwable initCause(Throwable cause) {
            throw new IllegalStateException("initCause throws");
        }
    }

    private static final class SilentSocketException extends SocketException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage throws");
        }
    }
}
