package dev.weft.cluster.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cluster.HandlerVersion;
import dev.weft.diagnostics.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final Entry SMALL = new Entry(
            3,
            0,
            Entry.Kind.TASK,
            "size#7 for c1",
            Entry.State.RUNNING,
            null,
            null,
            List.of(),
            List.of(),
            null,
            null,
            null,
            List.of());

    private static final Entry LARGE = new Entry(
            4,
            3,
            Entry.Kind.CALL,
            "gather of 2",
            Entry.State.WAITING,
            Duration.ofMillis(1_234),
            "the end of ü",
            List.of(5L, 6L),
            List.of(3L),
            new Entry.Limit(Duration.ofSeconds(-1), "a timeout"),
            new Entry.Stop(2, "enough", "task 'x'", Duration.ofNanos(9)),
            "A.java:1",
            List.of("a.B.c(B.java:2)", "d"));

    private static final List<Frame> EXAMPLES = List.of(
            new Frame.Hello(
                    "w1 ü", 200, true, List.of(new HandlerVersion("size", 3, 2), new HandlerVersion("x", 1, 1))),
            new Frame.Grant(7, 12),
            new Frame.Want(8, 600),
            new Frame.Invoke(1L << 40, "size", 3, 5_000_000_000L, 2, 99, "id-1", new byte[] {1, 2, 3}),
            new Frame.Invoke(2, "size", 1, 7, 1, 9, "id-2", new byte[0], Map.of("traceparent", "00-ü", "", "")),
            new Frame.Cancel(5, "enough"),
            new Frame.End(6, Frame.How.FAILED, new byte[] {9}, "java.io.IOException", "no", "at a.B"),
            new Frame.Reject(7, Frame.Why.NO_SLOT),
            new Frame.Beat(12),
            new Frame.Bye(),
            new Frame.Ask(13, 8),
            new Frame.Told(14, true, false, Map.of(3L, 7L), List.of(SMALL, LARGE)));

    private static byte[] whole(Frame frame) {
        return join(FrameHead.write(FrameBodies.type(frame), 3, 4, 5, 6), FrameBodies.write(frame));
    }

    private static byte[] join(byte[] one, byte[] other) {
        var joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static Frame read(byte[] bytes) throws FrameFormatException {
        return FrameBodies.read(FrameHead.read(bytes), bytes);
    }

    @Test
    void eachFrame_isReadAsItWasWritten() throws FrameFormatException {
        for (var frame : EXAMPLES) {
            assertThat(read(whole(frame))).usingRecursiveComparison().isEqualTo(frame);
            assertThat(FrameHead.read(whole(frame)))
                    .extracting(FrameHead::from, FrameHead::to, FrameHead::stamp, FrameHead::echo)
                    .containsExactly(3L, 4L, 5L, 6L);
        }
    }

    @Test
    void contextOfTooManyPairs_isRefused() {
        var pairs = IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(String::valueOf, i -> ""));
        var frame = whole(new Frame.Invoke(1, "size", 1, 7, 1, 9, "id", new byte[0], pairs));
        assertThatThrownBy(() -> read(frame))
                .isInstanceOf(FrameFormatException.class)
                .hasMessage("more than 204 pairs of context");
    }

    @Test
    void cl35_unknownFieldsAndTypes_areSkipped() throws FrameFormatException {
        for (var frame : EXAMPLES) {
            var more = new FrameWriter(64)
                    .number(90, 1L << 60)
                    .text(91, "from the future")
                    .toBytes();
            assertThat(read(join(whole(frame), more)))
                    .usingRecursiveComparison()
                    .isEqualTo(frame);
        }
        assertThat(read(FrameHead.write(200, 1, 1, 1, 1))).isNull();
    }

    @Test
    void cl37_lengthsAreChecked_beforeAnythingIsAllocated() {
        var head = FrameHead.write(4, 1, 1, 1, 1);
        var huge = new FrameWriter(16)
                .varint(FrameWriter.key(8, FrameWriter.BYTES))
                .varint(Integer.MAX_VALUE - 8)
                .toBytes();
        assertThatThrownBy(() -> read(join(head, huge))).isInstanceOf(FrameFormatException.class);
        var negative = new FrameWriter(16)
                .varint(FrameWriter.key(8, FrameWriter.BYTES))
                .varint(-1)
                .toBytes();
        assertThatThrownBy(() -> read(join(head, negative))).isInstanceOf(FrameFormatException.class);
        var longName = new FrameWriter(2000).text(2, "n".repeat(1_000)).toBytes();
        assertThatThrownBy(() -> read(join(head, longName)))
                .isInstanceOf(FrameFormatException.class)
                .hasMessageContaining("1000");
        var many = new ArrayList<HandlerVersion>();
        for (var i = 0; i < FrameBodies.MAX_HANDLERS + 1; i++) {
            many.add(new HandlerVersion("h" + i, 1, 1));
        }
        assertThatThrownBy(() -> read(whole(new Frame.Hello("x", 1, false, many))))
                .isInstanceOf(FrameFormatException.class);
    }

    @Test
    void cl37_longTexts_areCutByTheWriter() throws FrameFormatException {
        var end = (Frame.End) read(whole(new Frame.End(
                1, Frame.How.FAILED, Frame.NOTHING, "t".repeat(5_000), "ü".repeat(50_000), "s".repeat(500_000))));
        assertThat(end.type().length()).isLessThan(300);
        assertThat(end.message().length()).isBetween(2_000, 3_000);
        assertThat(end.stack().length()).isBetween(20_000, 22_000);
    }

    @Test
    void cl41_anythingElse_isRefusedOrAFrame_neverMore() {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++) {
            var bytes =
                    i % 3 == 0 ? new byte[random.nextInt(80)] : whole(EXAMPLES.get(random.nextInt(EXAMPLES.size())));
            if (i % 3 == 0) {
                random.nextBytes(bytes);
            } else {
                var changes = random.nextInt(4);
                for (var change = 0; change < changes; change++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                if (random.nextInt(4) == 0) {
                    bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                }
            }
            try {
                read(bytes);
            } catch (FrameFormatException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
