package dev.weft.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.sync.QueueCore.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Putters that are let go on together. They are played by the test's thread, in whatever order it likes: as if the
 * quickest came first.
 */
class QueueOrderTest {

    private final QueueCore<Integer> core = new QueueCore<>(3, new DequeBuffer<>(false));

    private Turn waiting(int item) throws Exception {
        var turn = core.beginPut(item);
        assertThat(turn).isNotNull();
        return turn;
    }

    private void fill() throws Exception {
        for (var i = 1; i <= 3; i++) {
            assertThat(core.tryPut(i)).isTrue();
        }
    }

    private List<Integer> drain() {
        var items = new ArrayList<Integer>();
        for (var item = core.tryTake(); item != null; item = core.tryTake()) {
            items.add(item);
        }
        return items;
    }

    @Test
    void laterPutterIsQuicker_waitsForTheEarlierOne() throws Exception {
        fill();
        var first = waiting(10);
        var second = waiting(11);
        assertThat(drain()).containsExactly(1, 2, 3);
        assertThat(second.isReady()).isFalse();
        core.endPut(first, 10);
        assertThat(second.isReady()).isTrue();
        core.endPut(second, 11);
        assertThat(drain()).containsExactly(10, 11);
    }

    @Test
    void newcomer_waitsBehindWhoHasStillToPut_althoughASlotIsFree() throws Exception {
        fill();
        var first = waiting(10);
        drain();
        var newcomer = waiting(11);
        assertThat(newcomer.isReady()).isFalse();
        core.endPut(first, 10);
        assertThat(newcomer.isReady()).isTrue();
        core.endPut(newcomer, 11);
        assertThat(core.beginPut(12)).isNull();
        assertThat(drain()).containsExactly(10, 11, 12);
    }

    @Test
    void earlierPutterIsCancelled_laterOneGoesOn() throws Exception {
        fill();
        var first = waiting(10);
        var second = waiting(11);
        var third = waiting(12);
        drain();
        core.withdraw(second);
        assertThat(third.isReady()).isFalse();
        core.withdraw(first);
        assertThat(third.isReady()).isTrue();
        core.endPut(third, 12);
        assertThat(drain()).containsExactly(12);
    }

    @Test
    void shutdown_refusesBothWhoIsGrantedAndWhoIsNext() throws Exception {
        fill();
        var first = waiting(10);
        var second = waiting(11);
        drain();
        core.shutdown();
        for (var turn : List.of(first, second)) {
            assertThat(turn.isReady()).isTrue();
            assertThatThrownBy(() -> core.endPut(turn, 10)).isInstanceOf(QueueShutDownException.class);
        }
        assertThat(core.snapshot().puttersWaiting()).isZero();
        assertThat(core.isExhausted()).isTrue();
    }
}
