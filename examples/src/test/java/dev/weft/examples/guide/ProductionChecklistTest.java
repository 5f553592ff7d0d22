package dev.weft.examples.guide;

import static java.time.Duration.ofSeconds;

import dev.weft.Runner;
import dev.weft.TaskOptions;
import org.junit.jupiter.api.Test;

class ProductionChecklistTest extends Page {

    @Test
    void settings_areMadeOnce() throws Exception {
        // snippet settings
        var run = Runner.builder()
                .onProblem(problem -> println(problem.kind())) // UNOBSERVED_FAILURE
                .cancellationGrace(ofSeconds(10)) // after so long, a task that does not stop is reported
                .reportFailuresAfter(ofSeconds(30)) // of tasks that nobody awaits
                .start();
        run.createTask(TaskOptions.named("refresh"), () -> fetch("bad host", 1));
        run.close(ofSeconds(20));
        // end
        assertPrinted("UNOBSERVED_FAILURE");
    }
}
