package dev.weft.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ChildJvm;
import dev.weft.Weft;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** No lock of Weft's stays taken, whatever is thrown while it is held. */
class LockSectionsTest {

    private static final int SECTIONS_AT_LEAST = 60;

    @Test
    void h1_everySectionReleasesItsLockByOneStore() throws Exception {
        var sections = LockSections.in(Path.of(ChildJvm.classPath(Weft.class)).resolve("dev/weft"));
        assertThat(sections.count()).as("sections").isGreaterThan(SECTIONS_AT_LEAST);
        assertThat(sections.violations()).isEmpty();
    }

    @Test
    void canary_sectionWithoutFinally_isFound() throws Exception {
        assertThat(LockSections.in(WithoutFinally.class).violations()).hasSize(1);
    }

    @Test
    void canary_releaseByACall_isFound() throws Exception {
        assertThat(LockSections.in(ReleasedByACall.class).violations()).hasSize(1);
    }

    @Test
    void canary_callBeforeTheTry_isFound() throws Exception {
        assertThat(LockSections.in(CallBeforeTheTry.class).violations()).hasSize(1);
    }

    /** As sections were once written. */
    private static final class WithoutFinally {
        int read(Delivery target) {
            var now = target.lock();
            var pending = target.isPending() ? 1 : 0;
            target.state = now;
            return pending;
        }
    }

    private static final class ReleasedByACall {
        boolean read(Delivery target) {
            var now = target.lock();
            try {
                return target.isPending();
            } finally {
                release(target, now);
            }
        }

        private static void release(Delivery target, int now) {
            target.state = now;
        }
    }

    private static final class CallBeforeTheTry {
        boolean read(Delivery target) {
            var now = target.lock();
            var pending = target.isPending();
            try {
                return pending;
            } finally {
                target.state = now;
            }
        }
    }
}
