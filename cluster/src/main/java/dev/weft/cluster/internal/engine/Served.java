package dev.weft.cluster.internal.engine;

import dev.weft.cluster.Call;
import dev.weft.cluster.HandlerVersion;
import dev.weft.cluster.internal.wire.Frame.End;

/** A handler as a member runs it: bytes in, bytes out. Called in the handler's task. */
public interface Served {

    HandlerVersion handler();

    /** Runs the code and encodes what it returns: an end of any kind, for the call of this id. */
    End run(Call call, byte[] argument, long id) throws Exception;

    /** An exception of {@link #run} as the caller is told it. Does not fail. */
    End failure(Throwable thrown, long id);
}
