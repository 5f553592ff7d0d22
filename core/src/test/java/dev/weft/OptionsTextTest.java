package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options in logs and in a debugger. */
class OptionsTextTest {

    @Test
    void taskOptions_tellTheirSettings() {
        assertThat(TaskOptions.defaults())
                .hasToString(
                        "TaskOptions[name=null, context=the creator's, eagerStart=false, reportFailureAfter=null]");
        assertThat(TaskOptions.named("fetch")
                        .context(TaskContext.empty())
                        .eagerStart(true)
                        .reportFailureAfter(Duration.ofSeconds(5)))
                .hasToString("TaskOptions[name=fetch, context=its own, eagerStart=true, reportFailureAfter=PT5S]");
    }

    @Test
    void groupOptions_tellTheirSettings() {
        assertThat(GroupOptions.failFast()).hasToString("GroupOptions[failFast, name=null, limit=none]");
        assertThat(GroupOptions.supervisor().name("pages").limit(8))
                .hasToString("GroupOptions[supervisor, name=pages, limit=8]");
    }
}
