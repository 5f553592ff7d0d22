package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import org.junit.jupiter.api.Disabled;
import org.mockito.Mockito;

/** A test that makes a mock. Run by a test: {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class Mocks {

    /** Mockito's first mock attaches an agent, outside of the turns. */
    @SimulationTest(deep = true, seeds = 1)
    void correct_firstMockIsMadeBefore() {
        Mockito.mock(Runnable.class);
        assertThat(Mockito.first().isVirtual()).isFalse();
    }
}
