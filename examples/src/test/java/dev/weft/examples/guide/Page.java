package dev.weft.examples.guide;

import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The programs of one page of the guide, with the calls that the pages have in common. */
abstract class Page {

    private final List<String> lines = new ArrayList<>();

    /** Stands for {@code System.out.println}: keeps the line for {@link #assertPrinted}. */
    final void println(@Nullable Object line) {
        synchronized (lines) {
            lines.add(String.valueOf(line));
        }
    }

    /** Compares the printed lines, and forgets them: a simulation runs its method many times. */
    final void assertPrinted(String... expected) {
        synchronized (lines) {
            var printed = List.copyOf(lines);
            lines.clear();
            assertThat(printed).containsExactly(expected);
        }
    }

    /** A remote call: returns the name after some time, or fails if the name begins with "bad". */
    static String fetch(String name, int millis) throws IOException, InterruptedException {
        Recording.atWork(name, () -> {
            sleep(ofMillis(millis));
            return name;
        });
        if (name.startsWith("bad")) {
            throw new IOException(name + " is down");
        }
        return name;
    }
}
