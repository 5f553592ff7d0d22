package dev.weft.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A strand that has ended stays so, whoever has kept it and waits as it: its outcome has been told. */
class EndedStrandTest {

    private final DeliveryLincheckTest.Model strand = new DeliveryLincheckTest.Model();

    private void end() {
        strand.cancel();
        strand.endStrand();
    }

    private void assertThatItIsAsItEnded() {
        assertThat(strand.hasEnded()).isTrue();
        assertThat(StateWord.countOf(strand.state))
                .as("the requests that stood")
                .isOne();
    }

    @Test
    void waitOfOneThatHasEnded_isRefused() {
        end();
        assertThatThrownBy(strand::await).isInstanceOf(AssertionError.class).hasMessageContaining("has ended");
        assertThatItIsAsItEnded();
    }

    @Test
    void joinOfOneThatHasEnded_isRefused() {
        end();
        assertThatThrownBy(strand::join).isInstanceOf(AssertionError.class).hasMessageContaining("has ended");
        assertThatItIsAsItEnded();
    }

    @Test
    void waitOfOneThatHasEnded_leavesTheInterruptToTheThread() {
        end();
        strand.setInterrupt();
        assertThatThrownBy(strand::await).isInstanceOf(AssertionError.class);
        assertThatThrownBy(strand::join).isInstanceOf(AssertionError.class);
        assertThat(strand.isInterrupted()).isTrue();
    }
}
