package dev.weft.cli.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static List<SourceLine> read(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(bytes));
    }

    private static List<SourceLine> read(InputStream in) throws IOException {
        var reader = new LineReader(in);
        var lines = new ArrayList<SourceLine>();
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void lines_withCommentsAndBlanks_keepTheirNumbers() throws IOException {
        assertThat(read("# list\n\n  a  \r\n\t\r\n#b\n  # c\nd".getBytes(UTF_8)))
                .containsExactly(new SourceLine.Text(3, "a"), new SourceLine.Text(7, "d"));
    }

    @Test
    void byteOrderMark_atTheBeginning_isNoPartOfTheFirstLine() throws IOException {
        assertThat(read("\ufeffa\n\ufeffb\n".getBytes(UTF_8)))
                .containsExactly(new SourceLine.Text(1, "a"), new SourceLine.Text(2, "\ufeffb"));
    }

    @Test
    void byteOrderMark_alone_isNoLine() throws IOException {
        assertThat(read("\ufeff\n\ufeff#x".getBytes(UTF_8))).containsExactly(new SourceLine.Text(2, "\ufeff#x"));
        assertThat(read("\ufeff# comment\n".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void notUtf8_isToldWithItsPlace_andTheNextLineIsRead() throws IOException {
        assertThat(read("a\ncaf\u00e9x\nb\n".getBytes(ISO_8859_1)))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo(new SourceLine.Text(1, "a")),
                        line -> assertThat(line).isInstanceOfSatisfying(SourceLine.Unreadable.class, bad -> {
                            assertThat(bad.number()).isEqualTo(2);
                            assertThat(bad.beginning()).startsWith("caf");
                            assertThat(bad.why())
                                    .contains("byte 4")
                                    .contains("0xE9")
                                    .contains("UTF-8");
                        }),
                        line -> assertThat(line).isEqualTo(new SourceLine.Text(3, "b")));
    }

    @Test
    void tooLongALine_isToldWithItsLength_andTheNextLineIsRead() throws IOException {
        var length = LineReader.MAX_BYTES + 1;
        assertThat(read(("x".repeat(length) + "\nb\n").getBytes(UTF_8)))
                .satisfiesExactly(
                        line -> assertThat(line).isInstanceOfSatisfying(SourceLine.Unreadable.class, bad -> {
                            assertThat(bad.why()).contains(String.valueOf(length));
                            assertThat(bad.beginning()).hasSizeLessThan(100);
                        }),
                        line -> assertThat(line).isEqualTo(new SourceLine.Text(2, "b")));
        assertThat(read("y".repeat(LineReader.MAX_BYTES).getBytes(UTF_8)))
                .first()
                .isInstanceOf(SourceLine.Text.class);
    }

    @Test
    void endlessLine_takesNoMoreMemoryThanTheLimit() throws IOException {
        var length = 200_000_000L;
        var endless = new InputStream() {
            long left = length;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) {
                if (left <= 0) {
                    return -1;
                }
                var some = (int) Math.min(left, count);
                left -= some;
                return some;
            }
        };
        assertThat(read(endless))
                .singleElement()
                .isInstanceOfSatisfying(
                        SourceLine.Unreadable.class,
                        bad -> assertThat(bad.why()).contains(String.valueOf(length)));
    }

    @Test
    void lines_thatArriveByteByByte_areTheSame() throws IOException {
        var text = "http://a/\r\n\nä\n#\nend";
        var drops = new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int count) {
                return super.read(bytes, offset, Math.min(1, count));
            }
        };
        assertThat(read(drops)).isEqualTo(read(text.getBytes(UTF_8))).hasSize(3);
    }

    @Test
    void nothing_hasNoLines() throws IOException {
        assertThat(read(new byte[0])).isEmpty();
    }
}
