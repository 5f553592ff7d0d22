package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The output of a program, for tests that wait for a part of it. */
final class HeardOutput extends ByteArrayOutputStream {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private boolean hasEnded;

    @Override
    public synchronized void write(int letter) {
        super.write(letter);
        notifyAll();
    }

    @Override
    public synchronized void write(byte @Nullable [] letters, int from, int count) {
        super.write(letters, from, count);
        notifyAll();
    }

    /** Nothing more comes. */
    synchronized void end() {
        hasEnded = true;
        notifyAll();
    }

    String said() {
        return toString(UTF_8);
    }

    /** Waits until the text has been said. @return false if the program has ended without it, or a minute has passed */
    synchronized boolean await(String text) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE_NANOS;
        while (!said().contains(text)) {
            var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (hasEnded || left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
