package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.DateFormat;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

    private static String hashInOneCall(MessageDigest digest, int number) {
        return Arrays.toString(digest.digest(new byte[] {(byte) number}));
    }

    @SimulationTest(deep = true)
    void faulty_digestInOneCall() {
        both(number -> hashInOneCall(digest, number), hash(sha(), 1), hash(sha(), 2));
    }

    @SimulationTest(deep = true)
    void correct_digestInOneCall() {
        both(number -> hashInOneCall(sha(), number), hash(sha(), 1), hash(sha(), 2));
    }

    // ---- a code of a message

    private static Mac mac() {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[] {1}, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String code(Mac mac, int number) {
        return Arrays.toString(mac.doFinal(new byte[] {(byte) number}));
    }

    @SimulationTest(deep = true)
    void faulty_code() {
        var mac = mac();
        both(number -> code(mac, number), code(mac(), 1), code(mac(), 2));
    }

    @SimulationTest(deep = true)
    void correct_code() {
        both(number -> code(mac(), number), code(mac(), 1), code(mac(), 2));
    }

    // ---- a format of dates

    private static final DateFormat FORMAT = days();

    private static DateFormat days() {
        var format = new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format;
    }

    private static String day(DateFormat format, int number) {
        return format.format(new Date(number * 86_400_000L));
    }

    @SimulationTest(deep = true)
    void faulty_format() {
        both(number -> day(FORMAT, number), "1970-01-02", "1970-01-03");
    }

    @SimulationTest(deep = true)
    void correct_format() {
        both(number -> day(days(), number), "1970-01-02", "1970-01-03");
    }

    private static String parse(DateFormat format, int number) {
        try {
            return "" + format.parse("1970-01-0" + number).getTime() / 86_400_000;
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    @SimulationTest(deep = true)
    void faulty_parse() {
        both(number -> parse(FORMAT, number), "0", "1");
    }

    @SimulationTest(deep = true)
    void correct_parse() {
        both(number -> parse(days(), number), "0", "1");
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

    // ---- objects of which only an interface is known

    private static char last(CharSequence text) {
        return text.charAt(text.length() - 1);
    }

    private static char lastAlone(CharSequence text) {
        synchronized (text) {
            return last(text);
        }
    }

    private static void shortened(Function<CharSequence, Character> last) {
        var text = new StringBuilder("abc");
        var read = CompletableFuture.supplyAsync(() -> last.apply(text));
        synchronized (text) {
            text.setLength(1);
        }
        assertThat(read.join()).isIn('a', 'c');
    }

    @SimulationTest(deep = true)
    void faulty_sequence() {
        shortened(ObjectsOfOneThread::last);
    }

    @SimulationTest(deep = true)
    void correct_sequence() {
        shortened(ObjectsOfOneThread::lastAlone);
    }

    private final DataOutput output = new DataOutputStream(sent);

    private void write() {
        try {
            output.writeByte(1);
            output.writeByte(7);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void writeAlone() {
        write();
    }

    @SimulationTest(deep = true)
    void faulty_output() {
        bothSend(this::write, this::write);
    }

    @SimulationTest(deep = true)
    void correct_output() {
        bothSend(this::writeAlone, this::writeAlone);
    }

    // ---- memory

    private final MemorySegment memory = Arena.ofAuto().allocate(4);

    private String count(int number) {
        memory.set(ValueLayout.JAVA_INT, 0, number);
        return "" + memory.get(ValueLayout.JAVA_INT, 0);
    }

    private synchronized String countAlone(int number) {
        return count(number);
    }

    @SimulationTest(deep = true)
    void faulty_memory() {
        both(this::count, "1", "2");
    }

    @SimulationTest(deep = true)
    void correct_memory() {
        both(this::countAlone, "1", "2");
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
