package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Takes apart what task groups throw. */
final class GroupFailures {

    private GroupFailures() {}

    /** The members of the {@link ExceptionGroup} that {@code call} has to throw. */
    static List<Throwable> membersThrownBy(ThrowingCallable call) {
        return membersOf(catchThrowable(call));
    }

    /** The members of {@code thrown}, which has to be an {@link ExceptionGroup}. */
    static List<Throwable> membersOf(Throwable thrown) {
        assertThat(thrown).isInstanceOf(ExceptionGroup.class);
        return ((ExceptionGroup) thrown).exceptions();
    }

    /** All that can be found in {@code thrown}: itself, and the members, causes and suppressed of what is found. */
    static Set<Throwable> foundIn(Throwable thrown) {
        Set<Throwable> found = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(thrown, found);
        return found;
    }

    private static void collect(Throwable thrown, Set<Throwable> found) {
        if (thrown == null || !found.add(thrown)) {
            return;
        }
        collect(thrown.getCause(), found);
        for (var suppressed : thrown.getSuppressed()) {
            collect(suppressed, found);
        }
        if (thrown instanceof ExceptionGroup group) {
            group.exceptions().forEach(member -> collect(member, found));
        }
    }
}
