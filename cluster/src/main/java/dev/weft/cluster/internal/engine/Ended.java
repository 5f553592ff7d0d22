package dev.weft.cluster.internal.engine;

import dev.weft.cluster.Member;
import dev.weft.cluster.internal.wire.Frame.End;

/** How a call ended, and where. */
public sealed interface Ended {

    Member member();

    /** The handler has ended. */
    record ByHandler(Member member, End end) implements Ended {}

    /** The member is lost, and the call will not be run again. */
    record ByLoss(Member member, boolean begun, int attempts) implements Ended {}
}
