package dev.weft.test.internal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.internal.hooks.Hooks;
import dev.weft.test.internal.hooks.Point;
import dev.weft.test.internal.hooks.SwitchPoints;
import dev.weft.test.internal.rewrite.corpus.FreshAndShared;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls on mutable objects of the JDK have a point, but for those whose object no other thread can have. */
@Timeout(60)
class FreshObjectsTest {

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("chain", List.of()),
                Arguments.of("loop", List.of()),
                Arguments.of("other", List.of("StringBuilder.length")),
                Arguments.of("givenAway", List.of("StringBuilder.append")),
                Arguments.of(
                        "givenAwayLater",
                        List.of("StringBuilder.append", "StringBuilder.append", "StringBuilder.append")),
                Arguments.of("captured", List.of("StringBuilder.toString", "StringBuilder.append")),
                Arguments.of("inACollection", List.of("StringBuilder.append")),
                Arguments.of("handler", List.of()),
                Arguments.of("wrappers", List.of("Formatter.flush", "ByteBuffer.putInt")),
                Arguments.of("parameter", List.of("StringBuilder.append")));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void calls_haveAPointUnlessTheirObjectIsFresh(String method, List<String> points) throws Throwable {
        var rewritten = Rewritten.of(FreshAndShared.class, FreshAndShared.class.getName());
        var target = rewritten.newInstance();
        var seen = new ArrayList<String>();
        var before = SwitchPoints.install(new Hooks() {
            @Override
            public void point(Point kind, Object subject, String what) {
                if (kind == Point.CALL) {
                    seen.add(what);
                }
            }
        });
        try {
            rewritten.invoke(FreshAndShared.class.getMethod(method), target);
        } finally {
            SwitchPoints.install(before);
        }
        assertThat(seen).isEqualTo(points);
    }
}
