package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import dev.weft.ExceptionGroup;
import dev.weft.test.junit.SimulationTest;

class FromStructuredTaskScopeTest extends Page {

    @SimulationTest
    void group_isAScope() throws Exception {
        // snippet scope
        var text = timeout(
                ofSeconds(2),
                () -> taskGroup(group -> {
                    var user = group.createTask("user", () -> fetch("ada", 20));
                    var order = group.createTask("order", () -> fetch("tea", 10));
                    return user.await() + " orders " + order.await(); // await may be called before all have ended
                }));
        println(text); // ada orders tea
        // end
        assertPrinted("ada orders tea");
    }

    @SimulationTest
    void children_startSiblings() throws Exception {
        // snippet siblings
        taskGroup(group -> {
            group.createTask(() -> {
                var links = fetch("page", 10);
                group.createTask(() -> println(links + " 2")); // page 2
            });
        });
        // end
        assertPrinted("page 2");
    }

    @SimulationTest
    void body_isCancelledToo() throws Exception {
        // snippet body
        try {
            taskGroup(group -> {
                group.createTask(() -> fetch("bad host", 10));
                fetch("slow", 60_000); // the block's own call is stopped as well
            });
        } catch (ExceptionGroup e) {
            println(e.exceptions().size() + " failure"); // 1 failure
        }
        // end
        assertPrinted("1 failure");
    }
}
