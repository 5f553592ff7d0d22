package dev.weft.cluster.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weft.cluster.HandlerVersion;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Frames made of valid ones by changes: reading one gives a frame or a {@link FrameFormatException}, and takes memory
 * in proportion to its bytes. {@code -Dweft.cluster.fuzz=600} goes on for so many seconds.
 */
class FrameFuzzTest {

    private static final int ROUNDS = 20_000;

    private static final long SECONDS = Long.getLong("weft.cluster.fuzz", 0);

    /** Where a number or a length goes wrong. */
    private static final long[] ODD = {
        -1, 0, 1, 127, 128, 1 << 14, Integer.MAX_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    @Timeout(7200)
    void cl37_cl41_changedFrames_areFramesOrRefused_andTakeLittle() {
        var until = System.nanoTime() + SECONDS * 1_000_000_000L;
        var read = 0L;
        var refused = 0L;
        for (var seed = 0L; seed < ROUNDS || System.nanoTime() < until; seed++) {
            var bytes = changed(new Random(seed));
            var before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                FrameBodies.read(FrameHead.read(bytes), bytes);
                read++;
            } catch (FrameFormatException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + Arrays.toString(bytes), e);
            }
            var taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(taken).as("seed %s", seed).isLessThan(64L * bytes.length + 300_000);
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
        if (SECONDS > 0) {
            System.out.println("frames: " + read + " read, " + refused + " refused");
        }
    }

    private static byte[] changed(Random random) {
        var bytes = valid(random);
        for (var changes = random.nextInt(5); changes >= 0; changes--) {
            var at = random.nextInt(bytes.length + 1);
            bytes = switch (random.nextInt(7)) {
                case 0 -> with(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> with(bytes, at, 0, noise(random, 12));
                case 2 -> with(bytes, at, random.nextInt(8), new byte[0]);
                case 3 -> with(bytes, at, 1, number(ODD[random.nextInt(ODD.length)]));
                case 4 -> Arrays.copyOf(bytes, at);
                case 5 -> with(bytes, at, 0, part(valid(random), random));
                default -> with(bytes, at, 0, part(bytes, random));
            };
        }
        return bytes;
    }

    private static byte[] valid(Random random) {
        var frame = frame(random);
        var head = FrameHead.write(
                FrameBodies.type(frame),
                random.nextInt(4),
                random.nextInt(4),
                random.nextLong() >>> 1,
                random.nextInt(1_000));
        return with(head, head.length, 0, FrameBodies.write(frame));
    }

    private static Frame frame(Random random) {
        var number = random.nextLong() >>> (1 + random.nextInt(62));
        var text = "ü€x".repeat(random.nextInt(20));
        return switch (random.nextInt(9)) {
            case 0 -> hello(random);
            case 1 -> new Frame.Grant(number, random.nextInt(1_000));
            case 2 -> new Frame.Want(number, random.nextInt(1_000));
            case 3 ->
                new Frame.Invoke(number, text, 1 + random.nextInt(9), number, 1, number, text, noise(random, 5_000));
            case 4 -> new Frame.Cancel(number, text);
            case 5 ->
                new Frame.End(
                        number,
                        Frame.How.values()[random.nextInt(Frame.How.values().length)],
                        noise(random, 5_000),
                        text,
                        text,
                        text);
            case 6 -> new Frame.Reject(number, Frame.Why.values()[random.nextInt(Frame.Why.values().length)]);
            case 7 -> new Frame.Beat(number);
            default -> new Frame.Bye();
        };
    }

    private static Frame hello(Random random) {
        List<HandlerVersion> handlers = new ArrayList<>();
        for (var i = random.nextInt(30); i > 0; i--) {
            var oldest = 1 + random.nextInt(3);
            handlers.add(new HandlerVersion("h" + i, oldest + random.nextInt(3), oldest));
        }
        return new Frame.Hello("w" + random.nextInt(99), random.nextInt(1_000), random.nextBoolean(), handlers);
    }

    private static byte[] noise(Random random, int most) {
        var bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] number(long value) {
        return new FrameWriter(10).varint(value).toBytes();
    }

    private static byte[] part(byte[] bytes, Random random) {
        var from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
    }

    /** {@code bytes} with {@code gone} bytes replaced. */
    private static byte[] with(byte[] bytes, int at, int gone, byte[] by) {
        var rest = Math.min(bytes.length, at + gone);
        var joined = new byte[at + by.length + bytes.length - rest];
        System.arraycopy(bytes, 0, joined, 0, at);
        System.arraycopy(by, 0, joined, at, by.length);
        System.arraycopy(bytes, rest, joined, at + by.length, bytes.length - rest);
        return joined;
    }
}
