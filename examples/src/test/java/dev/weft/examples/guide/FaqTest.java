package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FaqTest extends Page {

    @Test
    void gather_worksWithoutARun() throws Exception {
        // snippet noRun
        println(gather(() -> fetch("a", 1), () -> fetch("b", 1))); // [a, b]
        // end
        assertPrinted("[a, b]");
    }

    @Test
    void eventLoop_needsNoLock() throws Exception {
        // snippet eventLoop
        EventLoop.run(() -> {
            var pages = new ArrayList<String>();
            gather(
                    () -> {
                        pages.add("a"); // one task at a time: no lock is needed between two waits
                    },
                    () -> {
                        pages.add("b");
                    });
            println(pages); // [a, b]
        });
        // end
        assertPrinted("[a, b]");
    }

    @Test
    void run_withinARun_isRefused() throws Exception {
        run(() -> {
            assertThatThrownBy(() -> run(() -> sleep(Duration.ZERO))).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void blocking_letsTheEventLoopGoOn() throws Exception {
        // snippet blocking
        EventLoop.run(() -> {
            var opened = new CountDownLatch(1);
            createTask(() -> opened.countDown());
            blocking(() -> opened.await()); // a wait outside of Weft: without `blocking` the loop would stand still
            println("opened"); // opened
        });
        // end
        assertPrinted("opened");
    }

    private static void work(TaskGroup group) {
        group.createTask(() -> fetch("a", 1));
    }

    private static void store(String name) {
        assertThat(name).isIn("a", "b");
    }

    @Test
    void linesThatDoNotCompile_haveAnotherForm() throws Exception {
        var opened = new CountDownLatch(0);
        var names = List.of("a", "b");
        List<Callable<String>> callables = List.of(() -> fetch("a", 1), () -> fetch("b", 1));
        run(() -> {
            // snippet forms
            taskGroup(group -> {
                work(group); // without the braces, javac looks for a value
            });
            createTask(() -> opened.await());
            println(gather(callables.stream().map(Body::of).toList())); // [a, b]
            println(settle(callables).size()); // 2
            forEachConcurrent(names, 8, name -> store(name));
            println(mapConcurrent(names.stream()::iterator, 8, name -> fetch(name, 1))); // [a, b]
            // end
        });
        assertPrinted("[a, b]", "2", "[a, b]");
    }

    @Test
    void interrupt_cancelsTheCall() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> gather(() -> fetch("a", 60_000))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
