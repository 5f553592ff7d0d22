package dev.weft.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.LoopThreads;
import dev.weft.internal.runtime.Strand;
import dev.weft.test.ReadyStrands.Entry;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same as a list would do. */
class ReadyStrandsTest {

    private final ReadyStrands ready = new ReadyStrands();

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 40, 300})
    void operations_doWhatAListWould(int most) {
        var model = new ArrayList<Entry>();
        var random = new Random(most);
        for (var step = 0; step < 20_000; step++) {
            if (model.size() < most && (model.isEmpty() || random.nextBoolean())) {
                model.add(ready.add(strand()));
            } else {
                var chosen = model.remove(random.nextInt(model.size()));
                ready.remove(chosen);
            }
            assertThat(ready.size()).isEqualTo(model.size());
            assertThat(ready.isEmpty()).isEqualTo(model.isEmpty());
            if (!model.isEmpty()) {
                var place = random.nextInt(model.size());
                assertThat(ready.at(place)).isSameAs(model.get(place));
                assertThat(ready.place(model.get(place))).isEqualTo(place);
                assertThat(model.getFirst().isBefore(model.getLast())).isEqualTo(model.size() > 1);
            }
        }
    }

    @Test
    void places_areThoseThatAreTaken() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ready.at(0));
        ready.add(strand());
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ready.at(-1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> ready.at(1))
                .withMessageContaining("1 of 1");
    }

    private static Strand strand() {
        return new Strand(LOOP) {
            @Override
            protected void live() {
                throw new AssertionError("is never started");
            }

            @Override
            public String name() {
                return "strand";
            }
        };
    }

    /** Never begins. */
    private static final EventLoopScheduler LOOP = new EventLoopScheduler(LoopThreads.BATON) {};
}
