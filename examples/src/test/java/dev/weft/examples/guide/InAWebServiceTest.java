package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.TaskLocal;
import dev.weft.VoidBody;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class InAWebServiceTest extends Page {

    record Answer(String item, String price, String advice) {}

    // snippet handler
    static Answer answer(String id) throws IOException, TimeoutException, InterruptedException {
        return timeout(
                ofSeconds(2),
                () -> combine(
                        () -> fetch("item " + id, 100),
                        () -> fetch("price", 200),
                        () -> moveOnAfter(ofMillis(300), () -> fetch("advice", 60_000))
                                .orElse("none"), // may be missing
                        Answer::new));
    }
    // end

    @SimulationTest
    void handler_answersInTime() throws Exception {
        assertThat(answer("7")).isEqualTo(new Answer("item 7", "price", "none"));
    }

    @SimulationTest
    void taskLocal_isInherited() throws Exception {
        // snippet context
        var user = TaskLocal.<String>named("user");
        user.with("ada", () -> {
            println(gather(() -> user.get() + " a", () -> user.get() + " b")); // [ada a, ada b]
        });
        // end
        assertPrinted("[ada a, ada b]");
    }

    @Test
    void wrong_poolOutlivesTheRequest() throws Exception {
        var release = new CountDownLatch(1);
        var calls = new ArrayList<Future<?>>();
        VoidBody<Exception> slowCall = release::await;
        try (var pool = Executors.newSingleThreadExecutor()) {
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> {
                        // snippet wrongPool
                        var call = pool.submit(() -> {
                            slowCall.execute();
                            return "done";
                        });
                        calls.add(call);
                        return call.get(); // when the limit passes, the call goes on in the pool
                        // end
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(calls.getFirst().isDone()).isFalse();
            release.countDown();
        }
    }
}
