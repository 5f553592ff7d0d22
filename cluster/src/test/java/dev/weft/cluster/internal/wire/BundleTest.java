package dev.weft.cluster.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames that travel as one message. */
class BundleTest {

    private static byte[] bundle(byte[]... frames) {
        var bundle = new Bundle(16);
        for (var frame : frames) {
            bundle.add(Arrays.copyOf(frame, 2), Arrays.copyOfRange(frame, 2, frame.length));
        }
        return bundle.toBytes();
    }

    @Test
    void frames_comeBackInOrder() throws Exception {
        var one = new byte[] {0x57, 1, 2};
        var other = new byte[300];
        assertThat(Bundle.frames(bundle(one, other))).containsExactly(one, other);
        assertThat(Bundle.frames(bundle())).isEmpty();
    }

    @Test
    void messageThatIsAFrame_isTheOne() throws Exception {
        var frame = new byte[] {0x57, 1, 2};
        assertThat(Bundle.frames(frame)).containsExactly(frame);
        assertThat(Bundle.frames(new byte[0])).hasSize(1);
    }

    /** A newer minor version may put something else beside the frames. */
    @Test
    void cl35_unknownFields_areSkipped() throws Exception {
        var bundle = bundle(new byte[] {1, 2});
        var more = new FrameWriter(32)
                .raw(bundle[0])
                .number(7, 99)
                .bytes(1, new byte[] {1, 2})
                .text(8, "x")
                .toBytes();
        assertThat(Bundle.frames(more)).containsExactly(new byte[] {1, 2});
    }

    @Test
    void cl37_bundleThatIsTooLargeOrBroken_isRefused() {
        var large = bundle(new byte[Bundle.MAX_SIZE]);
        assertThatThrownBy(() -> Bundle.frames(large)).isInstanceOf(FrameFormatException.class);
        var whole = bundle(new byte[] {1, 2, 3, 4});
        assertThatThrownBy(() -> Bundle.frames(Arrays.copyOf(whole, whole.length - 1)))
                .isInstanceOf(FrameFormatException.class);
    }

    @Test
    void cl44_randomBytes_areRefusedOrSkipped() {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++) {
            var bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            bytes[0] = bundle()[0];
            try {
                assertThat(Bundle.frames(bytes).stream()
                                .mapToInt(frame -> frame.length)
                                .sum())
                        .isLessThan(bytes.length);
            } catch (FrameFormatException e) {
                assertThat(e).hasMessageContaining("");
            }
        }
    }
}
