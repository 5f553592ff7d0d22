package dev.weft.examples.guide;

// snippet imports
import static dev.weft.Weft.*;
import static java.time.Duration.*;
// end
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FirstStepsTest extends Page {

    @SimulationTest
    void gather_returnsInTheOrderOfTheArguments() throws Exception {
        // snippet gather
        var pages = gather(() -> fetch("a", 200), () -> fetch("b", 100));
        println(pages); // [a, b]
        // end
        assertPrinted("[a, b]");
    }

    @SimulationTest
    void timeout_stopsTheCall() throws Exception {
        // snippet timeout
        try {
            timeout(ofMillis(50), () -> fetch("slow", 10_000));
        } catch (TimeoutException e) {
            println(e.getMessage()); // timeout of 50ms has expired
        }
        // end
        assertPrinted("timeout of 50ms has expired");
    }

    @Test
    void background_needsARun() throws Exception {
        // snippet background
        run(() -> {
            var task = createTask(() -> fetch("a", 10));
            println(fetch("b", 1)); // b
            println(task.await()); // a
        });
        // end
        assertPrinted("b", "a");
    }

    @SimulationTest
    void sharedList_isFilledByResults() throws Exception {
        List<String> names = List.of("a", "b", "c");
        wrongSharedList(names);
        // snippet right
        List<String> pages = mapConcurrent(names, 10, name -> fetch(name, 100));
        // end
        assertThat(pages).isEqualTo(names);
    }

    private static void wrongSharedList(List<String> names) throws Exception {
        // snippet wrong
        List<String> pages = new ArrayList<>();
        forEachConcurrent(names, 10, name -> pages.add(fetch(name, 100))); // several threads write to an ArrayList
        // end
        assertThat(pages).hasSameSizeAs(names); // tasks take turns in a simulation
    }
}
