package dev.weft.examples;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Catches what a program prints to {@link System#out}, for many programs at the same time: a program's thread bears its
 * buffer, and the threads that it starts inherit it.
 */
final class Printed extends OutputStream {

    private static final InheritableThreadLocal<ByteArrayOutputStream> BUFFER = new InheritableThreadLocal<>();

    private final PrintStream original;

    private Printed(PrintStream original) {
        this.original = original;
    }

    /** Puts itself in place of {@code System.out}, until the action that this returns is run. */
    static Runnable replaceSystemOut() {
        var original = System.out;
        System.setOut(new PrintStream(new Printed(original), true, StandardCharsets.UTF_8));
        return () -> System.setOut(original);
    }

    /** The lines that {@code program} prints, on this thread or one that it starts. */
    static List<String> by(Runnable program) {
        var buffer = new ByteArrayOutputStream();
        BUFFER.set(buffer);
        try {
            program.run();
        } finally {
            BUFFER.remove();
        }
        return buffer.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        var buffer = BUFFER.get();
        if (buffer != null) {
            buffer.write(bytes, offset, length);
        } else {
            original.write(bytes, offset, length);
        }
    }
}
