package dev.weft.cluster;

import dev.weft.cluster.internal.engine.Served;
import dev.weft.cluster.internal.wire.Frame;
import dev.weft.cluster.internal.wire.Frame.End;
import dev.weft.cluster.internal.wire.Frame.How;
import java.util.Optional;

/** A handler with its code: decodes, runs, encodes. All that is the user's is called in the handler's task. */
final class ServedHandler<A, R> implements Served {

    /** The room of a frame beside the value. */
    static final int ROOM = 4 * 1024;

    private static final int MAX_STACK = 16 * 1024;

    private final Handler<A, R> handler;
    private final Code<? super A, ? extends R> code;
    private final int maxValue;

    ServedHandler(Handler<A, R> handler, Code<? super A, ? extends R> code, int maxFrame) {
        this.handler = handler;
        this.code = code;
        this.maxValue = maxFrame - ROOM;
    }

    @Override
    public HandlerVersion handler() {
        return handler.id();
    }

    @Override
    public End run(Call call, byte[] argument, long id) throws Exception {
        A decoded;
        try {
            decoded = handler.in().decode(argument);
        } catch (Exception e) {
            return codecFailed(id, "the argument cannot be decoded", e);
        }
        R result = Call.local().with(Optional.of(call), () -> code.run(decoded));
        byte[] encoded;
        try {
            encoded = Encoded.of(handler.out(), result);
        } catch (Exception e) {
            return codecFailed(id, "the result cannot be encoded", e);
        }
        return encoded.length > maxValue
                ? tooLarge(id, "the result of '" + handler.name() + "'", encoded.length)
                : Frame.ended(id, How.VALUE, encoded);
    }

    private static End codecFailed(long id, String what, Exception e) {
        return new End(id, How.CODEC, Frame.NOTHING, "", what + " there: " + e, "");
    }

    private End tooLarge(long id, String what, int size) {
        return new End(id, How.TOO_LARGE, Frame.NOTHING, "", Encoded.tooLarge(what, size, maxValue), "");
    }

    @Override
    public End failure(Throwable thrown, long id) {
        try {
            for (var failure : handler.failures()) {
                if (failure.type().isInstance(thrown)) {
                    return declared(failure, thrown, id);
                }
            }
        } catch (Throwable e) {
            return plain(thrown, id, " (its codec failed: " + e.getClass().getName() + ")");
        }
        return plain(thrown, id, "");
    }

    private <X extends Exception> End declared(Handler.Failure<X> failure, Throwable thrown, long id) throws Exception {
        var encoded = Encoded.of(failure.codec(), failure.type().cast(thrown));
        return encoded.length > maxValue
                ? tooLarge(id, "the failure of '" + handler.name() + "'", encoded.length)
                : new End(id, How.DECLARED, encoded, failure.type().getName(), "", "");
    }

    private End plain(Throwable thrown, long id, String note) {
        var text = ThrownText.of(thrown, Math.min(MAX_STACK, maxValue / 8));
        return new End(id, How.FAILED, Frame.NOTHING, thrown.getClass().getName(), text.message() + note, text.stack());
    }

    @Override
    public String toString() {
        return handler.toString();
    }
}
