package dev.weft.slf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Body;
import dev.weft.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

final class MdcPropagatorTest {

    private final MdcPropagator propagator = new MdcPropagator();

    @BeforeEach
    @AfterEach
    void clear() {
        MDC.clear();
    }

    private <T> T with(Body<T, Exception> body) throws Exception {
        return Weft.propagate(propagator, body);
    }

    @Test
    void v2_mdcOfTheCreatorIsInEachTask() throws Exception {
        MDC.put("user", "ada");
        var seen = with(() -> Weft.gather(() -> MDC.get("user"), () -> MDC.get("user")));
        assertThat(seen).containsExactly("ada", "ada");
        assertThat(MDC.getCopyOfContextMap()).containsExactly(Map.entry("user", "ada"));
    }

    @Test
    void v2_mdcIsCarriedByItself() throws Exception {
        MDC.put("user", "ada");
        var seen = Weft.gather(() -> MDC.get("user"), () -> MDC.get("user"));
        assertThat(seen).containsExactly("ada", "ada");
    }

    @Test
    void v2_mdcOfATaskIsItsOwn() throws Exception {
        MDC.put("user", "ada");
        var seen = with(() -> Weft.gather(
                () -> {
                    MDC.put("user", "of the first");
                    return MDC.get("user");
                },
                () -> {
                    MDC.remove("user");
                    return String.valueOf(MDC.get("user"));
                }));
        assertThat(seen).containsExactly("of the first", "null");
        assertThat(MDC.get("user")).isEqualTo("ada");
    }

    @Test
    void v2_mdcThatWasNeverUsedIsNoMdc() throws Exception {
        var seen = with(() -> Weft.gather(List.<Body<String, Exception>>of(() -> String.valueOf(MDC.get("user")))));
        assertThat(seen).containsExactly("null");
        assertThat(MDC.get("user")).isNull();
    }

    @Test
    void v2_mdcIsAsOfTheCreationOfTheTask() throws Exception {
        MDC.put("n", "1");
        var seen = with(() -> Weft.taskGroup(group -> {
            var first = group.createTask(() -> MDC.get("n"));
            MDC.put("n", "2");
            var second = group.createTask(() -> MDC.get("n"));
            return List.of(first.await(), second.await());
        }));
        assertThat(seen).containsExactly("1", "2");
    }

    @Test
    void v2_mdcIsRestoredAlsoWhenABodyFails() {
        MDC.put("user", "ada");
        var log = new ArrayList<String>();
        assertThatThrownBy(() -> with(() -> Weft.gather(List.<Body<String, Exception>>of(() -> {
                    log.add(MDC.get("user"));
                    MDC.put("user", "changed");
                    throw new IOException("on purpose");
                }))))
                .isInstanceOf(IOException.class);
        assertThat(log).containsExactly("ada");
        assertThat(MDC.get("user")).isEqualTo("ada");
    }

    @Test
    void v2_mdcIsThereWhileACancelledTaskCleansUp() {
        MDC.put("user", "ada");
        var log = new ArrayList<String>();
        assertThatThrownBy(() -> with(() -> Weft.timeout(
                        Duration.ofMillis(1),
                        () -> Weft.gather(List.<Body<String, Exception>>of(() -> {
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                log.add(MDC.get("user"));
                            }
                            return "";
                        })))))
                .isInstanceOf(TimeoutException.class);
        // a limit of a millisecond may pass before the task has begun
        assertThat(log).isSubsetOf("ada");
        assertThat(MDC.get("user")).isEqualTo("ada");
    }

    @Test
    void v2_whatTheThreadHadBeforeComesBack() {
        MDC.put("user", "ada");
        var snapshot = propagator.capture();
        MDC.put("user", "of the thread");
        MDC.put("more", "1");
        var restored = snapshot.restore();
        assertThat(MDC.getCopyOfContextMap()).containsExactly(Map.entry("user", "ada"));
        restored.close();
        assertThat(MDC.getCopyOfContextMap()).containsOnly(Map.entry("user", "of the thread"), Map.entry("more", "1"));
    }
}
