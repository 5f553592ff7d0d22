package dev.weft.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ChildJvm;
import dev.weft.SectionCalls;
import dev.weft.Weft;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing of Weft's interrupts a strand with a lock held: an interrupt may close a channel, which may take long. */
class MonitorSectionsTest {

    private static final int SECTIONS_AT_LEAST = 100;

    private static SectionCalls sections() throws Exception {
        return SectionCalls.in(Path.of(ChildJvm.classPath(Weft.class)).resolve("dev/weft"));
    }

    private static Set<String> thatInterrupt(SectionCalls sections) {
        return new MonitorSections(sections).leadingTo(Delivery.class, "sendInterrupts");
    }

    @Test
    void h5_noSectionInterruptsAStrand() throws Exception {
        var sections = sections();
        assertThat(sections.count()).as("sections").isGreaterThan(SECTIONS_AT_LEAST);
        assertThat(thatInterrupt(sections)).isEmpty();
    }

    @Test
    void canary_requestInAMonitor_isFound() throws Exception {
        assertThat(thatInterrupt(sections().and(InAMonitor.class)))
                .hasSize(2)
                .allMatch(text -> text.contains("InAMonitor"));
    }

    /** As a group once did. */
    private static final class InAMonitor {
        void ask(StructuredStrand target, Request request) {
            synchronized (this) {
                target.request(request);
            }
        }

        synchronized void askLater(StructuredStrand target, Request request) {
            Runnable asks = () -> target.request(request);
            asks.run();
        }
    }
}
