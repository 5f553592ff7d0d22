package dev.weft.cli.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines that are only counted are those that would have been read. */
class CountedLinesTest {

    private static final String[] PARTS = {"a", "#", " ", "\t", "\r", "\n", "\n", "é", "http://x/"};

    /** Gives what it has in small pieces. */
    private static InputStream pieces(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(9)));
            }
        };
    }

    @Test
    void count_isThatOfTheLinesThatSaySomething() throws IOException {
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            for (var part = 0; part < random.nextInt(40); part++) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            var bytes = text.toString().getBytes(UTF_8);
            var all = new LineReader(new ByteArrayInputStream(bytes));
            var last = 0L;
            var total = 0;
            for (var line = all.next(); line != null; line = all.next()) {
                total++;
                last = line.number();
            }
            var lines = new LineReader(pieces(bytes, random));
            var read = 0;
            for (var max = random.nextInt(4); read < max && lines.next() != null; ) {
                read++;
            }
            assertThat(read + lines.countRest()).as(text.toString()).isEqualTo(total);
            assertThat(lines.number()).isGreaterThanOrEqualTo(last).isEqualTo(all.number());
        }
    }
}
