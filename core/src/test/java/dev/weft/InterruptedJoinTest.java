package dev.weft;

import static dev.weft.Weft.*;
import static dev.weft.sync.Attempts.hedge;
import static dev.weft.sync.Attempts.retry;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.sync.Lock;
import dev.weft.sync.RetryPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * J5: an interrupt from elsewhere stops each structured call, and while that joins its bodies, the limit around it
 * passes. The interrupt was first.
 */
class InterruptedJoinTest {

    private static final Body<Integer, Exception> IDLE = () -> {
        sleep(FOREVER);
        return 0;
    };

    private interface Call {
        void of(Body<Integer, Exception> body) throws Exception;
    }

    private static Map<String, Call> calls() {
        var calls = new LinkedHashMap<String, Call>();
        calls.put("gather", body -> gather(body, IDLE));
        calls.put("gather in gather", body -> gather(() -> gather(body)));
        calls.put("combine", body -> combine(body, IDLE, Integer::sum));
        calls.put("settle", body -> settle(body, IDLE));
        calls.put("race", body -> race(body, IDLE));
        calls.put("hedge", body -> hedge(FOREVER, body, IDLE));
        calls.put("retry", body -> retry(RetryPolicy.attempts(3), () -> gather(body)));
        calls.put("mapConcurrent", body -> mapConcurrent(List.of(1, 2), 1, item -> body.run()));
        calls.put("asCompleted", body -> {
            try (var completions = asCompleted(body, IDLE)) {
                for (var next : completions) {
                    next.await();
                }
            }
        });
        calls.put(
                "a group's end",
                body -> taskGroup(group -> {
                    group.createTask(body);
                }));
        calls.put(
                "a group's block",
                body -> taskGroup(group -> {
                    group.createTask(body);
                    sleep(FOREVER);
                }));
        calls.put(
                "a group's block, in the JDK",
                body -> taskGroup(group -> {
                    group.createTask(body);
                    blocking(() -> Thread.sleep(FOREVER));
                }));
        calls.put(
                "a group's await",
                body -> taskGroup(group -> {
                    group.createTask(body).await();
                }));
        calls.put(
                "a group's start",
                body -> taskGroup(group -> {
                    int unused = group.start(ready -> ready.set(body.run()));
                }));
        calls.put(
                "a supervisor",
                body -> taskGroup(GroupOptions.supervisor(), group -> {
                    group.createTask(body);
                    group.createTask(IDLE);
                }));
        calls.put("moveOnAfter", body -> moveOnAfter(FOREVER, () -> gather(body)));
        calls.put("cancellable", body -> cancellable(scope -> gather(body)));
        calls.put("waitFor", body -> waitFor(() -> gather(body), FOREVER));
        calls.put("a lock", body -> new Lock().with(() -> gather(body)));
        return calls;
    }

    @OnAnyThread
    void j5_limitPassesWhileAnInterruptedCallJoins_interruptIsThrown(AnyThread kind) throws Exception {
        for (var call : calls().entrySet()) {
            kind.run(() -> {
                var thread = Thread.currentThread();
                assertThatThrownBy(() -> timeout(FOREVER, limit -> {
                            call.getValue().of(() -> {
                                thread.interrupt();
                                try {
                                    sleep(FOREVER);
                                } finally {
                                    limit.reschedule(ZERO);
                                }
                                return 1;
                            });
                        }))
                        .as(call.getKey())
                        .isExactlyInstanceOf(InterruptedException.class);
                assertThat(Thread.interrupted()).as(call.getKey()).isFalse();
                sleep(ZERO); // nor is a request left
            });
        }
    }
}
