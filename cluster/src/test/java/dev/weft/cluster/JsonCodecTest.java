package dev.weft.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that JSON carries, and those that it refuses with a reason. */
class JsonCodecTest {

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    enum Color {
        RED,
        GREEN
    }

    enum Size {
        SMALL,
        LARGE;

        @Override
        public String toString() {
            return "a size";
        }
    }

    record Point(int x, int y) {}

    record Sizes(Map<Size, Integer> sizes) {}

    record Line(Point from, Point to, Optional<String> label) {}

    record Picture(List<Line> lines, Map<String, List<Point>> places, Set<Color> colors) {}

    record Times(Instant instant, LocalDate day, Duration duration, OffsetDateTime offset, ZonedDateTime zoned) {}

    record Numbers(BigInteger big, BigDecimal exact, long most, double fraction) {}

    record Chain(Chain next) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Shape permits Circle, Square {}

    @JsonTypeName("circle")
    record Circle(double radius) implements Shape {}

    @JsonTypeName("square")
    record Square(double side) implements Shape {}

    sealed interface Untold permits Told {}

    record Told(int value) implements Untold {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    record Harmless(int value) implements ByClass {}

    static final class Loaded implements ByClass {
        static {
            LOADED.set(true);
        }
    }

    private static <T> T back(Class<T> type, T value) throws IOException {
        var codec = Codecs.json(type);
        return codec.decode(codec.encode(value));
    }

    private static <T> T read(Class<T> type, String json) throws IOException {
        return Codecs.json(type).decode(json.getBytes(UTF_8));
    }

    @Test
    void nestedRecords_collections_nulls_comeBackEqual() throws Exception {
        var line = new Line(new Point(1, 2), new Point(3, 4), Optional.of("a"));
        var picture = new Picture(List.of(line, line), Map.of("b", List.of(new Point(5, 6))), Set.of(Color.RED));
        assertThat(back(Picture.class, picture)).isEqualTo(picture);
        var empty = new Picture(null, null, null);
        assertThat(back(Picture.class, empty)).isEqualTo(empty);
    }

    @Test
    void constants_comeBackEqual_whateverTheirText() throws Exception {
        assertThat(back(Size.class, Size.LARGE)).isEqualTo(Size.LARGE);
        assertThat(back(Size[].class, Size.values())).containsExactly(Size.values());
        assertThat(back(Sizes.class, new Sizes(Map.of(Size.LARGE, 1)))).isEqualTo(new Sizes(Map.of(Size.LARGE, 1)));
    }

    @Test
    void times_keepTheirZone() throws Exception {
        var times = new Times(
                Instant.parse("2026-11-29T12:00:00.123456789Z"),
                LocalDate.of(2026, 11, 29),
                Duration.ofNanos(3),
                OffsetDateTime.of(2026, 11, 29, 12, 0, 0, 0, ZoneOffset.ofHours(5)),
                ZonedDateTime.of(2026, 11, 29, 12, 0, 0, 0, ZoneId.of("Europe/Paris")));
        assertThat(back(Times.class, times)).isEqualTo(times);
    }

    @Test
    void numbers_comeBackEqual_orAreRefused() throws Exception {
        var numbers = new Numbers(BigInteger.TEN.pow(900), new BigDecimal("1.10"), Long.MIN_VALUE, 0.1);
        assertThat(back(Numbers.class, numbers)).isEqualTo(numbers);
        assertThatThrownBy(() -> back(BigInteger.class, BigInteger.TEN.pow(2_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("length");
        assertThatThrownBy(() -> read(BigInteger.class, "1e1000000000")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "3000000000", "null", "true"})
    void numberThatDoesNotFit_isRefused_notChanged(String number) {
        assertThatThrownBy(() -> read(Point.class, "{\"x\":" + number + ",\"y\":0}"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("JSON of " + Point.class.getTypeName() + ": ")
                .hasMessageEndingWith("(at " + Point.class.getTypeName() + "[\"x\"])");
    }

    @Test
    void sealedTypes_needNames() throws Exception {
        assertThat(back(Shape.class, new Circle(1))).isEqualTo(new Circle(1));
        assertThatThrownBy(() -> back(Untold.class, new Told(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Untold")
                .hasMessageContaining("additional type information");
    }

    @Test
    void constantThatThisSideDoesNotKnow_isNamed_withItsPlace() {
        assertThatThrownBy(() -> read(Picture.class, "{\"colors\":[\"BLUE\"]}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("BLUE")
                .hasMessageContaining("[RED, GREEN]")
                .hasMessageContaining("[\"colors\"]");
    }

    @Test
    void cl41_classThatTheSenderNames_isNotLoaded() {
        assertThatThrownBy(() -> read(ByClass.class, "{\"@class\":\"" + Loaded.class.getName() + "\"}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ByClass");
        assertThatThrownBy(() -> back(ByClass.class, new Harmless(1))).isInstanceOf(IOException.class);
        assertThat(LOADED).isFalse();
    }

    @Test
    void cl37_nesting_isBounded_onBothSides() {
        Chain chain = null;
        for (var i = 0; i < 100_000; i++) {
            chain = new Chain(chain);
        }
        var deep = chain;
        assertThatThrownBy(() -> Codecs.json(Chain.class).encode(deep))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nesting depth");
        for (var type : List.of(Chain.class, Object.class)) {
            assertThatThrownBy(() -> read(type, "{\"next\":".repeat(100_000)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nesting depth");
        }
    }

    @Test
    void olderAndNewerRecords_readEachOther() throws Exception {
        assertThat(read(Point.class, "{\"x\":1,\"y\":2,\"z\":3}")).isEqualTo(new Point(1, 2));
        assertThat(read(Point.class, "{\"x\":1}")).isEqualTo(new Point(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[1,2]", "{\"x\":1} {}", "{\"x\":", "\"text\""})
    void whatIsNotOfTheType_namesTheType(String json) {
        assertThatThrownBy(() -> read(Point.class, json))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("JSON of " + Point.class.getTypeName() + ": ");
    }
}
