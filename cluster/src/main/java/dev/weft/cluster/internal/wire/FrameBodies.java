package dev.weft.cluster.internal.wire;

import dev.weft.cluster.HandlerVersion;
import dev.weft.cluster.internal.wire.Frame.Ask;
import dev.weft.cluster.internal.wire.Frame.Beat;
import dev.weft.cluster.internal.wire.Frame.Bye;
import dev.weft.cluster.internal.wire.Frame.Cancel;
import dev.weft.cluster.internal.wire.Frame.End;
import dev.weft.cluster.internal.wire.Frame.Grant;
import dev.weft.cluster.internal.wire.Frame.Hello;
import dev.weft.cluster.internal.wire.Frame.How;
import dev.weft.cluster.internal.wire.Frame.Invoke;
import dev.weft.cluster.internal.wire.Frame.Reject;
import dev.weft.cluster.internal.wire.Frame.Told;
import dev.weft.cluster.internal.wire.Frame.Want;
import dev.weft.cluster.internal.wire.Frame.Why;
import dev.weft.diagnostics.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Frames as bytes. A tag keeps its meaning for ever; unknown tags and unknown types are skipped, so that a newer minor
 * version may add some.
 */
public final class FrameBodies {

    /** Bytes of a name. */
    static final int MAX_NAME = 800;

    /** Bytes of a message or a reason. */
    static final int MAX_TEXT = 8 * 1024;

    /** Bytes of a stack trace. */
    static final int MAX_STACK = 64 * 1024;

    static final int MAX_HANDLERS = 1_000;

    /** Bytes of all pairs of a call's context. */
    public static final int MAX_CONTEXT = 2_048;

    /** Bytes of each name and each value of a context, beside the text. */
    public static final int PAIR_OVERHEAD = 5;

    private static final int MAX_COUNT = 1_000_000;

    private FrameBodies() {}

    public static int type(Frame frame) {
        return switch (frame) {
            case Hello hello -> 1;
            case Grant grant -> 2;
            case Want want -> 3;
            case Invoke invoke -> 4;
            case Cancel cancel -> 5;
            case End end -> 6;
            case Reject reject -> 7;
            case Beat beat -> 8;
            case Bye bye -> 9;
            case Ask ask -> 10;
            case Told told -> 11;
        };
    }

    public static byte[] write(Frame frame) {
        return switch (frame) {
            case Hello hello -> write(hello);
            case Grant grant ->
                new FrameWriter(16)
                        .number(1, grant.sequence())
                        .number(2, grant.share())
                        .toBytes();
            case Want want ->
                new FrameWriter(16)
                        .number(1, want.sequence())
                        .number(2, want.demand())
                        .toBytes();
            case Invoke invoke -> write(invoke);
            case Cancel cancel ->
                new FrameWriter(64)
                        .number(1, cancel.id())
                        .text(2, cut(cancel.reason(), MAX_TEXT))
                        .toBytes();
            case End end -> write(end);
            case Reject reject ->
                new FrameWriter(16)
                        .number(1, reject.id())
                        .number(2, reject.why().code())
                        .toBytes();
            case Beat beat -> new FrameWriter(16).number(1, beat.lastCall()).toBytes();
            case Bye bye -> Frame.NOTHING;
            case Ask ask ->
                new FrameWriter(16).number(1, ask.id()).number(2, ask.frames()).toBytes();
            case Told told -> write(told);
        };
    }

    private static byte[] write(Hello hello) {
        var out = new FrameWriter(256)
                .text(1, cut(hello.name(), MAX_NAME))
                .number(2, hello.limit())
                .number(3, hello.draining() ? 1 : 0);
        for (var handler : hello.handlers()) {
            out.bytes(
                    4,
                    new FrameWriter(64)
                            .text(1, handler.name())
                            .number(2, handler.version())
                            .number(3, handler.oldest())
                            .toBytes());
        }
        return out.toBytes();
    }

    private static byte[] write(Invoke invoke) {
        var out = new FrameWriter(invoke.argument().length + 160)
                .number(1, invoke.id())
                .text(2, invoke.handler())
                .number(3, invoke.version())
                .number(4, invoke.remainingNanos())
                .number(5, invoke.attempt())
                .number(6, invoke.token())
                .text(7, invoke.callId())
                .bytes(8, invoke.argument());
        invoke.context()
                .forEach((name, value) -> out.bytes(
                        9, new FrameWriter(64).text(1, name).text(2, value).toBytes()));
        return out.toBytes();
    }

    private static byte[] write(End end) {
        var out = new FrameWriter(end.value().length + 64)
                .number(1, end.id())
                .number(2, end.how().code());
        if (end.value().length > 0) {
            out.bytes(3, end.value());
        }
        if (!end.type().isEmpty()) {
            out.text(4, cut(end.type(), MAX_NAME));
        }
        if (!end.message().isEmpty()) {
            out.text(5, cut(end.message(), MAX_TEXT));
        }
        if (!end.stack().isEmpty()) {
            out.text(6, cut(end.stack(), MAX_STACK));
        }
        return out.toBytes();
    }

    /** At most so many bytes of UTF-8, however many of them a character takes. */
    static String cut(String text, int bytes) {
        return text.length() <= bytes / 3 ? text : text.substring(0, bytes / 3 - 2) + " …";
    }

    /** Reads what follows the head. @return null if a newer version's type of frame */
    public static @Nullable Frame read(FrameHead head, byte[] frame) throws FrameFormatException {
        var in = new FrameReader(frame, head.size(), frame.length);
        return switch (head.type()) {
            case 1 -> readHello(in);
            case 2 -> {
                var numbers = numbers(in);
                yield new Grant(numbers[1], count(numbers[2]));
            }
            case 3 -> {
                var numbers = numbers(in);
                yield new Want(numbers[1], count(numbers[2]));
            }
            case 4 -> readInvoke(in);
            case 5 -> readCancel(in);
            case 6 -> readEnd(in);
            case 7 -> {
                var numbers = numbers(in);
                yield new Reject(numbers[1], of(Why.values(), numbers[2]));
            }
            case 8 -> new Beat(numbers(in)[1]);
            case 9 -> new Bye();
            case 10 -> {
                var numbers = numbers(in);
                yield new Ask(numbers[1], count(numbers[2]));
            }
            case 11 -> readTold(in);
            default -> null;
        };
    }

    private static long[] numbers(FrameReader in) throws FrameFormatException {
        var numbers = new long[3];
        while (in.next()) {
            if (in.tag() > 0 && in.tag() < numbers.length) {
                numbers[in.tag()] = in.number(0, Long.MAX_VALUE);
            }
        }
        return numbers;
    }

    private static int count(long number) throws FrameFormatException {
        if (number > MAX_COUNT) {
            throw new FrameFormatException("not a number of calls: " + number);
        }
        return (int) number;
    }

    private static <T extends Frame.Coded> T of(T[] all, long code) throws FrameFormatException {
        for (var one : all) {
            if (one.code() == code) {
                return one;
            }
        }
        throw new FrameFormatException("not one of " + all.length + ": " + code);
    }

    private static Hello readHello(FrameReader in) throws FrameFormatException {
        var name = "";
        var limit = 0;
        var draining = false;
        List<HandlerVersion> handlers = new ArrayList<>();
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> name = in.text(MAX_NAME);
                case 2 -> limit = (int) in.number(0, MAX_COUNT);
                case 3 -> draining = in.number() != 0;
                case 4 -> {
                    if (handlers.size() == MAX_HANDLERS) {
                        throw new FrameFormatException("more than " + MAX_HANDLERS + " handlers");
                    }
                    handlers.add(readHandler(in.nested()));
                }
                default -> {}
            }
        }
        return new Hello(name, limit, draining, handlers);
    }

    private static HandlerVersion readHandler(FrameReader in) throws FrameFormatException {
        var name = "";
        var version = 1;
        var oldest = 1;
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> name = in.text(MAX_NAME);
                case 2 -> version = (int) in.number(1, Integer.MAX_VALUE);
                case 3 -> oldest = (int) in.number(1, Integer.MAX_VALUE);
                default -> {}
            }
        }
        if (oldest > version) {
            throw new FrameFormatException("handler of versions " + oldest + " to " + version);
        }
        return new HandlerVersion(name, version, oldest);
    }

    private static Invoke readInvoke(FrameReader in) throws FrameFormatException {
        var id = 0L;
        var handler = "";
        var version = 1;
        var remaining = Long.MAX_VALUE;
        var attempt = 1;
        var token = 0L;
        var callId = "";
        var argument = Frame.NOTHING;
        var context = new HashMap<String, String>();
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> id = in.number(0, Long.MAX_VALUE);
                case 2 -> handler = in.text(MAX_NAME);
                case 3 -> version = (int) in.number(1, Integer.MAX_VALUE);
                case 4 -> remaining = in.number(0, Long.MAX_VALUE);
                case 5 -> attempt = (int) in.number(1, Integer.MAX_VALUE);
                case 6 -> token = in.number(0, Long.MAX_VALUE);
                case 7 -> callId = in.text(MAX_NAME);
                case 8 -> argument = in.bytes();
                case 9 -> readPair(in.nested(), context);
                default -> {}
            }
        }
        return new Invoke(id, handler, version, remaining, attempt, token, callId, argument, context);
    }

    private static byte[] write(Told told) {
        var out = new FrameWriter(1024)
                .number(1, told.id())
                .number(2, told.isAllowed() ? 1 : 0)
                .number(3, told.isWhole() ? 1 : 0);
        told.roots()
                .forEach((entry, call) -> out.bytes(
                        4, new FrameWriter(20).number(1, entry).number(2, call).toBytes()));
        told.entries().forEach(entry -> out.bytes(5, EntryBodies.write(entry)));
        return out.toBytes();
    }

    private static Told readTold(FrameReader in) throws FrameFormatException {
        var id = 0L;
        var isAllowed = false;
        var isWhole = false;
        var roots = new HashMap<Long, Long>();
        var entries = new ArrayList<Entry>();
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> id = in.number(0, Long.MAX_VALUE);
                case 2 -> isAllowed = in.number() != 0;
                case 3 -> isWhole = in.number() != 0;
                case 4 -> {
                    var numbers = numbers(in.nested());
                    roots.put(numbers[1], numbers[2]);
                }
                case 5 -> entries.add(EntryBodies.read(in.nested()));
                default -> {}
            }
        }
        return new Told(id, isAllowed, isWhole, roots, entries);
    }

    private static void readPair(FrameReader in, Map<String, String> context) throws FrameFormatException {
        var name = "";
        var value = "";
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> name = in.text(MAX_CONTEXT);
                case 2 -> value = in.text(MAX_CONTEXT);
                default -> {}
            }
        }
        context.put(name, value);
        if (context.size() > MAX_CONTEXT / (2 * PAIR_OVERHEAD)) {
            throw new FrameFormatException("more than " + (context.size() - 1) + " pairs of context");
        }
    }

    private static Cancel readCancel(FrameReader in) throws FrameFormatException {
        var id = 0L;
        var reason = "";
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> id = in.number(0, Long.MAX_VALUE);
                case 2 -> reason = in.text(MAX_TEXT);
                default -> {}
            }
        }
        return new Cancel(id, reason);
    }

    private static End readEnd(FrameReader in) throws FrameFormatException {
        var id = 0L;
        var how = How.VALUE;
        var value = Frame.NOTHING;
        var type = "";
        var message = "";
        var stack = "";
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> id = in.number(0, Long.MAX_VALUE);
                case 2 -> how = of(How.values(), in.number());
                case 3 -> value = in.bytes();
                case 4 -> type = in.text(MAX_NAME);
                case 5 -> message = in.text(MAX_TEXT);
                case 6 -> stack = in.text(MAX_STACK);
                default -> {}
            }
        }
        return new End(id, how, value, type, message, stack);
    }
}
