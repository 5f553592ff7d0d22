package dev.weft.cluster;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.CancellationException;

/**
 * Message and stack of an exception as texts. Both are made by the exception's own code, which may fail, and may know
 * no end: whatever it does is not the call's affair, and takes no more memory than is of use.
 */
record ThrownText(String message, String stack) {

    static ThrownText of(Throwable thrown, int mostOfStack) {
        return new ThrownText(message(thrown), stack(thrown, mostOfStack));
    }

    private static String message(Throwable thrown) {
        try {
            var message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (Throwable e) {
            return "(its message cannot be read: " + e.getClass().getName() + ")";
        }
    }

    private static String stack(Throwable thrown, int most) {
        var text = new Beginning(most);
        try {
            thrown.printStackTrace(new PrintWriter(text));
        } catch (Throwable e) {
            // the beginning is all there is
        }
        return text.toString();
    }

    /** Keeps the beginning of what is written, and then stops the writer. */
    private static final class Beginning extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final int most;

        Beginning(int most) {
            this.most = most;
        }

        @Override
        public void write(char[] characters, int from, int count) {
            var fit = Math.min(count, most - text.length());
            text.append(characters, from, Math.max(0, fit));
            if (fit < count) {
                throw new CancellationException("enough");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.length() < most ? text.toString() : text + "…";
        }
    }
}
