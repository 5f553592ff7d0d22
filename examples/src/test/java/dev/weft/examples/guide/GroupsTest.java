package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ExceptionGroup;
import dev.weft.GroupOptions;
import dev.weft.TaskGroup;
import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class GroupsTest extends Page {

    @SimulationTest
    void group_waitsForAll() throws Exception {
        // snippet group
        var sum = taskGroup(group -> {
            var a = group.createTask(() -> fetch("a", 200));
            var b = group.createTask(() -> fetch("b", 100));
            return a.await() + b.await();
        });
        println(sum); // ab
        // end
        assertPrinted("ab");
    }

    @SimulationTest
    void failure_cancelsTheRest() throws Exception {
        // snippet failure
        try {
            taskGroup(group -> {
                group.createTask(() -> fetch("bad host", 10));
                group.createTask(() -> {
                    try {
                        fetch("slow", 10_000);
                    } finally {
                        println("stopped"); // stopped
                    }
                });
            });
        } catch (ExceptionGroup e) {
            println(e.exceptions().getFirst().getMessage()); // bad host is down
        }
        // end
        assertPrinted("stopped", "bad host is down");
    }

    @SimulationTest
    void supervisor_goesOn() throws Exception {
        // snippet supervisor
        var failed = new ArrayList<String>();
        var options = GroupOptions.supervisor((task, failure) -> failed.add(failure.getMessage()));
        taskGroup(options, group -> {
            group.createTask(() -> fetch("bad host", 10));
            group.createTask(() -> println(fetch("slow", 1000))); // slow
        });
        println(failed); // [bad host is down]
        // end
        assertPrinted("slow", "[bad host is down]");
    }

    @SimulationTest
    void limit_isKept() throws Exception {
        // snippet limit
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        taskGroup(GroupOptions.failFast().limit(3), group -> {
            for (var i = 0; i < 10; i++) {
                group.createTask(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    fetch("page", 100);
                    running.decrementAndGet();
                });
            }
        });
        println(most); // 3
        // end
        assertPrinted("3");
    }

    @SimulationTest
    void cancel_endsTheGroupWithoutAnException() throws Exception {
        // snippet cancel
        taskGroup(group -> {
            group.createTask(() -> sleep(FOREVER));
            group.createTask(() -> {
                fetch("found", 100);
                group.cancel(); // the search is over
            });
        });
        println("both have ended"); // both have ended
        // end
        assertPrinted("both have ended");
    }

    @SimulationTest
    void start_waitsUntilReady() throws Exception {
        // snippet ready
        taskGroup(group -> {
            int port = group.start(ready -> {
                fetch("socket", 50);
                ready.set(8080); // start returns this value, and the task goes on
                sleep(FOREVER);
            });
            println("listens on " + port); // listens on 8080
            group.cancel();
        });
        // end
        assertPrinted("listens on 8080");
    }

    @SimulationTest
    void escapedGroup_isRefused() throws Exception {
        // snippet wrongEscape
        var escaped = new AtomicReference<TaskGroup>();
        taskGroup(group -> {
            escaped.set(group); // outlives its block
        });
        try {
            escaped.get().createTask(() -> sleep(ofMillis(1)));
        } catch (IllegalStateException e) {
            println("refused"); // refused
        }
        // end
        assertPrinted("refused");
        assertThat(crawl(List.of("a", "b"))).containsExactlyInAnyOrder("a", "b");
    }

    // snippet rightEscape
    static List<String> crawl(List<String> names) throws ExceptionGroup, InterruptedException {
        return taskGroup(group -> {
            var tasks = names.stream()
                    .map(name -> group.createTask(() -> fetch(name, 10)))
                    .toList();
            return gather(tasks);
        });
    }
    // end
}
