package samples.other;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A library that makes classes while it runs. */
public final class Loading extends ClassLoader {

    private static final class Loaded {}

    private Loading() {
        super(null);
    }

    /** Loads a class, again and again. */
    public static void untilInterrupted() {
        try (var in = Loading.class.getResourceAsStream("Loading$Loaded.class")) {
            var bytes = in.readAllBytes();
            while (!Thread.currentThread().isInterrupted()) {
                new Loading().defineClass(Loaded.class.getName(), bytes, 0, bytes.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
