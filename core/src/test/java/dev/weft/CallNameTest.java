package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** V9: metrics tell calls by name. */
class CallNameTest {

    private static String here() {
        return currentTask().orElseThrow().callName();
    }

    @OnEveryRuntime
    void v9_callName_isThatOfTheCallThatStartedTheTask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(gather(CallNameTest::here)).containsExactly("gather");
            String ofCombine = combine(CallNameTest::here, () -> 1, (name, one) -> name);
            assertThat(ofCombine).isEqualTo("combine");
            assertThat(race(CallNameTest::here, CallNameTest::here)).isEqualTo("race");
            assertThat(settle(CallNameTest::here).getFirst().get()).isEqualTo("settle");
            assertThat(mapConcurrent(List.of(1), 1, item -> here())).containsExactly("mapConcurrent");
            assertThat(createTask(CallNameTest::here).await()).isEqualTo(here());
        });
    }

    @OnEveryRuntime
    void v9_dumpAndReasonsTellACombineFromAGather(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            String dumped = combine(() -> dump(0).toString(), () -> 1, (dump, one) -> dump);
            assertThat(dumped).contains("combine of 2").doesNotContain("gather");
        });
    }
}
