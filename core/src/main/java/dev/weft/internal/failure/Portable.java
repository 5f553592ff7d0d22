package dev.weft.internal.failure;

import dev.weft.CancelledException;
import dev.weft.DeadlineExceededException;
import dev.weft.ExceptionGroup;
import dev.weft.internal.api.Api;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of an exception of Weft's. Its members, causes and suppressed exceptions are foreign: one that
 * cannot be written is replaced by a {@link StandInException}, so that the others are not lost with it.
 */
public final class Portable {

    /** Bound while something is written for the trial only: then nothing is replaced. */
    private static final ScopedValue<Boolean> TRIAL = ScopedValue.newInstance();

    /** The stand-ins of the exceptions met so far. An exception may be reached by several ways, and from itself. */
    private final IdentityHashMap<Throwable, Throwable> standIns = new IdentityHashMap<>();

    private Portable() {}

    /** {@code exception} itself if it can be written, else a copy that can. */
    public static Throwable of(Throwable exception) {
        return TRIAL.isBound() ? exception : new Portable().portable(exception);
    }

    public static boolean canBeWritten(@Nullable Object object) {
        try (var out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            ScopedValue.where(TRIAL, true).call(() -> {
                out.writeObject(object);
                return true;
            });
            return true;
        } catch (Throwable e) {
            return false; // foreign code, which may throw anything; also a graph that is too deep
        }
    }

    private Throwable portable(Throwable exception) {
        var known = standIns.get(exception);
        if (known != null) {
            return known;
        }
        if (canBeWritten(exception)) {
            return exception;
        }
        standIns.put(exception, new StandInException(exception)); // for a way back to it
        var copy = copy(exception);
        standIns.put(exception, copy);
        return copy;
    }

    private Throwable copy(Throwable exception) {
        var copy = switch (exception) {
            case ExceptionGroup group -> Api.copy(group, this::portable);
            case CancelledException cancelled -> Api.cancelled(cancelled.cancellation(), false);
            case AwaitedCancelledException awaited -> awaited.copy();
            case DeadlineExceededException late -> Api.exceeded(late.deadline(), late.owner());
            default -> new StandInException(exception);
        };
        try {
            copy.setStackTrace(exception.getStackTrace());
            var cause = exception.getCause();
            if (cause != null && copy.getCause() == null) {
                copy.initCause(portable(cause));
            }
            for (var suppressed : exception.getSuppressed()) {
                suppress(copy, portable(suppressed));
            }
        } catch (Throwable e) {
            suppress(copy, new StandInException(e)); // a foreign exception may refuse to tell
        }
        return copy;
    }

    /** Once: a group has suppressed its members by itself. */
    private static void suppress(Throwable copy, Throwable suppressed) {
        for (var known : copy.getSuppressed()) {
            if (known == suppressed) {
                return;
            }
        }
        if (copy != suppressed) {
            copy.addSuppressed(suppressed);
        }
    }
}
