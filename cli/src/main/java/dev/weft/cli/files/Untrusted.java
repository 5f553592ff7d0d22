package dev.weft.cli.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what others have made. Two errors are not faults of this program then, but of what it reads: they become an
 * exception, so that one input costs no other.
 */
public final class Untrusted {

    private Untrusted() {}

    /** An input asks too much; the message goes on after its name. */
    public static final class TooMuchException extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuchException(String message) {
            super(message);
        }

        /** In words. Neither error is kept: of both, the trace says nothing, and may be long. */
        public static TooMuchException of(VirtualMachineError error) {
            return error instanceof StackOverflowError
                    ? new TooMuchException("is nested too deeply to be read")
                    : ofMemory();
        }

        public static TooMuchException ofMemory() {
            return new TooMuchException("needs more memory than there is: WEFT_JAVA_OPTS=-Xmx2g gives 2 GB");
        }
    }

    /** The reader. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object, X extends Exception> {
        /** Does it. */
        T read() throws X;
    }

    /**
     * Does it.
     *
     * @throws TooMuchException in place of a {@link StackOverflowError} and an {@link OutOfMemoryError}
     */
    public static <T extends @Nullable Object, X extends Exception> T read(Reader<T, X> reader)
            throws X, TooMuchException {
        try {
            return reader.read();
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw TooMuchException.of(e);
        }
    }
}
