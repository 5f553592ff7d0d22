package dev.weft.internal.block;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Deadlines;
import dev.weft.internal.task.RunContext;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import org.jspecify.annotations.Nullable;

/** The earliest deadline that bounds a strand: of its own blocks, and of those that its owners stand in. */
public final class EffectiveDeadline {

    private EffectiveDeadline() {}

    /** On {@code self}'s clock; {@link Scheduler#NEVER} if there is none. Own thread only. */
    public static long of(StructuredStrand self) {
        var earliest = Scheduler.NEVER;
        var strand = self;
        var shields = self.shields();
        for (; ; ) {
            earliest = min(earliest, strand.firstDeadline(shields));
            if (shields > 0 || !(strand instanceof TaskImpl<?> task)) {
                return earliest; // a shield holds back the limits around it
            }
            switch (task.owner().principal()) {
                case Scope scope -> {
                    earliest = min(earliest, scope.limit());
                    strand = scope.parent;
                    shields = scope.shields;
                }
                case RunContext run -> {
                    if (!self.scheduler().isOnRealTime()) {
                        return earliest; // the caller has another clock
                    }
                    strand = run.caller();
                    shields = run.callersShields();
                }
                default -> {
                    return earliest;
                }
            }
        }
    }

    private static long min(long nanos, Deadlines.@Nullable First first) {
        return first == null ? nanos : Math.min(nanos, first.nanos());
    }
}
