package dev.weft.cli.remote;

import dev.weft.cluster.Handler;
import dev.weft.cluster.Member;

/** The handler that members serve, and those that call it know. */
final class FetchUrl {

    /** How often a try is given to another member when one is lost. */
    static final int REPEATS = 2;

    static final String NAME = "fetch-url";

    /** For what must not be done twice. */
    static final Handler<FetchCall, FetchAnswer> ONCE = Handler.of(NAME, FetchCall.CODEC, FetchAnswer.CODEC);

    /** For GET and HEAD. */
    static final Handler<FetchCall, FetchAnswer> REPEATABLE = ONCE.idempotent(REPEATS);

    private FetchUrl() {}

    static Handler<FetchCall, FetchAnswer> of(FetchCall call) {
        return call.isRepeatable() ? REPEATABLE : ONCE;
    }

    /** Whether a member takes such calls. */
    static boolean isServedBy(Member member) {
        return !member.draining()
                && member.handlers().stream().anyMatch(served -> served.name().equals(NAME));
    }
}
