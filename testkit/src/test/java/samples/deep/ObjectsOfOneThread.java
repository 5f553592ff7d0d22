package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;

/**
 * Objects of the JDK that are made for one thread, in the hands of two. Run by a test: {@code faulty_},
 * {@code correct_}.
 */
@Disabled("run by DeepSimulationTest")
class ObjectsOfOneThread {

    /** Both numbers are worked on at once; each result must be that of a thread alone. */
    private static void both(IntFunction<String> work, String first, String second) {
        var one = CompletableFuture.supplyAsync(() -> work.apply(1));
        var two = CompletableFuture.supplyAsync(() -> work.apply(2));
        assertThat(one.join()).isEqualTo(first);
        assertThat(two.join()).isEqualTo(second);
    }

    // ---- a builder that a method has in a variable

    private final StringBuilder builder = new StringBuilder();
    private final ThreadLocal<StringBuilder> builders = ThreadLocal.withInitial(StringBuilder::new);

    private static String format(StringBuilder text, int number) {
        text.setLength(0);
        text.append(number).append('-').append(number);
        return text.toString();
    }

    @SimulationTest(deep = true)
    void faulty_builder() {
        both(number -> format(builder, number), "1-1", "2-2");
    }

    @SimulationTest(deep = true)
    void correct_builder() {
        both(number -> format(builders.get(), number), "1-1", "2-2");
    }

    // ---- a digest

    private final MessageDigest digest = sha();

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(MessageDigest digest, int number) {
        digest.reset();
        digest.update((byte) number);
        return Arrays.toString(digest.digest());
    }

    private String hashAlone(int number) {
        synchronized (digest) {
            return hash(digest, number);
        }
    }

    @SimulationTest(deep = true)
    void faulty_digest() {
        both(number -> hash(digest, number), hash(sha(), 1), hash(sha(), 2));
    }

    @SimulationTest(deep = true)
    void correct_digest() {
        both(this::hashAlone, hash(sha(), 1), hash(sha(), 2));
    }

    // ---- a calendar that a list has

    private final List<Calendar> calendars = List.of(new GregorianCalendar());

    private String year(int number) {
        var calendar = calendars.getFirst();
        calendar.set(Calendar.YEAR, 2000 + number);
        return "" + calendar.get(Calendar.YEAR);
    }

    private synchronized String yearAlone(int number) {
        return year(number);
    }

    @SimulationTest(deep = true)
    void faulty_calendar() {
        both(this::year, "2001", "2002");
    }

    @SimulationTest(deep = true)
    void correct_calendar() {
        both(this::yearAlone, "2001", "2002");
    }

    // ---- a matcher that a lambda has

    @SimulationTest(deep = true)
    void faulty_matcher() {
        var matcher = Pattern.compile("(\\d)").matcher("");
        both(number -> digit(matcher, number), "1", "2");
    }

    @SimulationTest(deep = true)
    void correct_matcher() {
        var pattern = Pattern.compile("(\\d)");
        both(number -> digit(pattern.matcher(""), number), "1", "2");
    }

    private static String digit(Matcher matcher, int number) {
        matcher.reset("a" + number);
        return matcher.find() ? matcher.group(1) : "none";
    }

    // ---- a stream under others that are new each time

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private void send(int number) {
        try {
            var data = new DataOutputStream(sent);
            data.writeByte(1);
            data.writeByte(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void sendAlone(int number) {
        send(number);
    }

    private void bothSend(Runnable one, Runnable other) {
        CompletableFuture.allOf(CompletableFuture.runAsync(one), CompletableFuture.runAsync(other))
                .join();
        assertThat(sent.toByteArray()).containsExactly(1, 7, 1, 7);
    }

    @SimulationTest(deep = true)
    void faulty_frames() {
        bothSend(() -> send(7), () -> send(7));
    }

    @SimulationTest(deep = true)
    void correct_frames() {
        bothSend(() -> sendAlone(7), () -> sendAlone(7));
    }

    // ---- a buffer with a position

    @SimulationTest(deep = true)
    void faulty_buffer() {
        var buffer = ByteBuffer.wrap("12".getBytes(StandardCharsets.US_ASCII));
        both(number -> at(buffer, number), "1", "2");
    }

    @SimulationTest(deep = true)
    void correct_buffer() {
        var buffer = ByteBuffer.wrap("12".getBytes(StandardCharsets.US_ASCII));
        both(number -> at(buffer.duplicate(), number), "1", "2");
    }

    private static String at(ByteBuffer buffer, int number) {
        buffer.position(number - 1);
        return "" + (char) buffer.get();
    }

    // ---- a builder that becomes a text where no method is called

    @SimulationTest(deep = true)
    void faulty_text() {
        var shared = new StringBuilder();
        var read = CompletableFuture.supplyAsync(() -> "<" + shared + ">");
        shared.append("one");
        shared.append(" two");
        assertThat(read.join()).isIn("<>", "<one two>");
    }

    @SimulationTest(deep = true)
    void correct_text() {
        var shared = new StringBuilder();
        var read = CompletableFuture.supplyAsync(() -> {
            synchronized (shared) {
                return "<" + shared + ">";
            }
        });
        synchronized (shared) {
            shared.append("one");
            shared.append(" two");
        }
        assertThat(read.join()).isIn("<>", "<one two>");
    }
}
