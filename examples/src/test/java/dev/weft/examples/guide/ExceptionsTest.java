package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ExceptionGroup;
import dev.weft.GroupOptions;
import dev.weft.Problem;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ExceptionsTest extends Page {

    @SimulationTest
    void gather_throwsTheVeryException() throws Exception {
        // snippet identity
        var thrown = new IOException("no route");
        try {
            gather(
                    () -> {
                        throw thrown;
                    },
                    () -> sleep(FOREVER));
        } catch (IOException e) {
            println(e == thrown); // true
        }
        // end
        assertPrinted("true");
    }

    @SimulationTest
    void secondFailure_isSuppressed() throws Exception {
        // snippet suppressed
        try {
            gather(() -> fetch("bad host", 10), () -> {
                try {
                    return fetch("slow", 60_000);
                } finally {
                    fetch("bad clean-up", 0);
                }
            });
        } catch (IOException e) {
            println(e.getMessage()); // bad host is down
            println(e.getSuppressed()[0].getMessage()); // bad clean-up is down
        }
        // end
        assertPrinted("bad host is down", "bad clean-up is down");
    }

    @SimulationTest
    void group_isTakenApart() throws Exception {
        // snippet group
        try {
            taskGroup(GroupOptions.supervisor(), group -> {
                group.createTask(() -> fetch("bad host", 10));
                group.createTask(() -> {
                    throw new IllegalArgumentException("no such page");
                });
            });
        } catch (ExceptionGroup e) {
            e.handle(IOException.class, failure -> println(failure.getMessage())) // bad host is down
                    .handle(IllegalArgumentException.class, failure -> println(failure.getMessage())) // no such page
                    .rethrowRest();
        }
        // end
        assertPrinted("bad host is down", "no such page");
    }

    @Test
    void backgroundFailure_isReported() throws Exception {
        // snippet background
        var problems = new ConcurrentLinkedQueue<Problem>();
        try (var runner = Runner.builder().onProblem(problems::add).build()) {
            runner.run(() -> {
                var task = createTask(() -> fetch("bad host", 0));
                waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task)); // looks at no result
            });
        }
        println(problems.remove().kind()); // UNOBSERVED_FAILURE
        // end
        assertPrinted("UNOBSERVED_FAILURE");
        assertThat(problems).isEmpty();
    }

    @SimulationTest
    void wrong_catchAll() throws Exception {
        // snippet wrongCatchAll
        var answer = timeout(ofMillis(100), () -> {
            try {
                return fetch("slow", 60_000);
            } catch (Exception e) { // catches the request to stop, too
                return "unknown";
            }
        });
        println(answer); // unknown
        // end
        assertPrinted("unknown");
    }

    @SimulationTest
    void right_catchWhatIsMeant() throws Exception {
        // snippet rightCatch
        try {
            timeout(ofMillis(100), () -> {
                try {
                    return fetch("slow", 60_000);
                } catch (IOException e) {
                    return "unknown";
                }
            });
        } catch (TimeoutException e) {
            println("late"); // late
        }
        // end
        assertPrinted("late");
    }
}
