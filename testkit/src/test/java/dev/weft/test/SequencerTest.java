package dev.weft.test;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.VoidBody;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SequencerTest {

    private static List<String> inOrder() throws InterruptedException {
        var log = new CopyOnWriteArrayList<String>();
        var sequencer = new Sequencer();
        gather(
                () -> sequencer.at(2, () -> {
                    log.add("c");
                }),
                () -> {
                    sequencer.at(0, () -> {
                        sleep(Duration.ofMillis(1));
                        log.add("a");
                    });
                    sequencer.at(3, () -> {
                        log.add("d");
                    });
                },
                () -> sequencer.at(1, () -> {
                    sleep(Duration.ZERO);
                    log.add("b");
                }));
        return log;
    }

    @Test
    void blocks_runInTheOrderOfTheirPlaces_inEverySchedule() throws Exception {
        Simulation.create().explore(100, () -> assertThat(inOrder()).containsExactly("a", "b", "c", "d"));
    }

    @Test
    void blocks_runInTheOrderOfTheirPlaces_onThreadsToo() throws Exception {
        assertThat(inOrder()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void result_andException_pass() throws Exception {
        var sequencer = new Sequencer();
        assertThat(sequencer.<String, RuntimeException>at(0, () -> "first")).isEqualTo("first");
        var failure = new ArithmeticException("second");
        assertThatThrownBy(() -> sequencer.at(1, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(sequencer.<String, RuntimeException>at(2, () -> "third")).isEqualTo("third");
    }

    @Test
    void sequenceIsBroken_whenOneIsCancelledBeforeItsTurn() throws Exception {
        Simulation.create().run(() -> {
            var sequencer = new Sequencer();
            VoidBody<RuntimeException> nothing = () -> {};
            var first = createTask(() -> sequencer.at(1, nothing));
            var second = createTask(() -> sequencer.at(2, nothing));
            sleep(Duration.ofSeconds(1));
            first.cancel();
            settle(first, second);
            assertThatThrownBy(second::result)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("place 1 was not reached");
        });
    }

    @Test
    void badInput_isRefused() throws Exception {
        var sequencer = new Sequencer();
        VoidBody<RuntimeException> nothing = () -> {};
        assertThatIllegalArgumentException().isThrownBy(() -> sequencer.at(-1, nothing));
        assertThatNullPointerException().isThrownBy(() -> sequencer.at(0, (VoidBody<RuntimeException>) null));
        sequencer.at(0, nothing);
        assertThatIllegalStateException()
                .isThrownBy(() -> sequencer.at(0, nothing))
                .withMessageContaining("place 0 is taken");
    }
}
