package dev.weft.cluster.internal.wire;

import dev.weft.diagnostics.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of dumps as bytes, as {@link FrameBodies} writes frames. */
public final class EntryBodies {

    private static final int MAX_FRAMES = 64;
    private static final int MAX_AWAITED = 1_000;

    private EntryBodies() {}

    public static byte[] write(Entry entry) {
        var out = new FrameWriter(128)
                .number(1, entry.id())
                .number(2, entry.parent())
                .text(3, entry.kind().name())
                .text(4, FrameBodies.cut(entry.name(), FrameBodies.MAX_TEXT))
                .text(5, entry.state().name());
        duration(out, 6, entry.age());
        text(out, 7, entry.waitingFor());
        var deadline = entry.deadline();
        if (deadline != null) {
            var limit = new FrameWriter(32);
            duration(limit, 1, deadline.remaining());
            text(limit, 2, deadline.owner());
            out.bytes(8, limit.toBytes());
        }
        var cancellation = entry.cancellation();
        if (cancellation != null) {
            var stop = new FrameWriter(64).number(1, cancellation.count());
            text(stop, 2, cancellation.reason());
            text(stop, 3, cancellation.by());
            duration(stop, 4, cancellation.since());
            out.bytes(9, stop.toBytes());
        }
        text(out, 10, entry.createdAt());
        entry.frames().stream().limit(MAX_FRAMES).forEach(frame -> text(out, 11, frame));
        entry.awaits().stream().limit(MAX_AWAITED).forEach(id -> out.number(12, id));
        entry.awaitedBy().stream().limit(MAX_AWAITED).forEach(id -> out.number(13, id));
        return out.toBytes();
    }

    private static void text(FrameWriter out, int tag, @Nullable String text) {
        if (text != null) {
            out.text(tag, FrameBodies.cut(text, FrameBodies.MAX_TEXT));
        }
    }

    private static void duration(FrameWriter out, int tag, @Nullable Duration duration) {
        if (duration != null) {
            var limit = Duration.ofNanos(Long.MAX_VALUE);
            out.number(tag, duration.compareTo(limit) > 0 ? Long.MAX_VALUE : duration.toNanos());
        }
    }

    static Entry read(FrameReader in) throws FrameFormatException {
        var id = 0L;
        var parent = 0L;
        var kind = Entry.Kind.TASK;
        var name = "";
        var state = Entry.State.RUNNING;
        Duration age = null;
        String waitingFor = null;
        Entry.Limit deadline = null;
        Entry.Stop cancellation = null;
        String createdAt = null;
        List<String> frames = new ArrayList<>();
        List<Long> awaits = new ArrayList<>();
        List<Long> awaitedBy = new ArrayList<>();
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> id = in.number(1, Long.MAX_VALUE);
                case 2 -> parent = in.number(0, Long.MAX_VALUE);
                case 3 -> kind = of(Entry.Kind.values(), in, kind);
                case 4 -> name = in.text(FrameBodies.MAX_TEXT);
                case 5 -> state = of(Entry.State.values(), in, state);
                case 6 -> age = Duration.ofNanos(in.number());
                case 7 -> waitingFor = in.text(FrameBodies.MAX_TEXT);
                case 8 -> deadline = readLimit(in.nested());
                case 9 -> cancellation = readStop(in.nested());
                case 10 -> createdAt = in.text(FrameBodies.MAX_TEXT);
                case 11 -> add(frames, in.text(FrameBodies.MAX_TEXT), MAX_FRAMES);
                case 12 -> add(awaits, in.number(), MAX_AWAITED);
                case 13 -> add(awaitedBy, in.number(), MAX_AWAITED);
                default -> {}
            }
        }
        return new Entry(
                id,
                parent,
                kind,
                name,
                state,
                age,
                waitingFor,
                awaits,
                awaitedBy,
                deadline,
                cancellation,
                createdAt,
                frames);
    }

    private static Entry.Limit readLimit(FrameReader in) throws FrameFormatException {
        var remaining = Duration.ZERO;
        var owner = "";
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> remaining = Duration.ofNanos(in.number());
                case 2 -> owner = in.text(FrameBodies.MAX_TEXT);
                default -> {}
            }
        }
        return new Entry.Limit(remaining, owner);
    }

    private static Entry.Stop readStop(FrameReader in) throws FrameFormatException {
        var count = 1;
        var reason = "";
        String by = null;
        Duration since = null;
        while (in.next()) {
            switch (in.tag()) {
                case 1 -> count = (int) in.number(0, Integer.MAX_VALUE);
                case 2 -> reason = in.text(FrameBodies.MAX_TEXT);
                case 3 -> by = in.text(FrameBodies.MAX_TEXT);
                case 4 -> since = Duration.ofNanos(in.number());
                default -> {}
            }
        }
        return new Entry.Stop(count, reason, by, since);
    }

    /** A newer version may have more of them. */
    private static <T extends Enum<T>> T of(T[] all, FrameReader in, T otherwise) throws FrameFormatException {
        var name = in.text(FrameBodies.MAX_NAME);
        for (var one : all) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        return otherwise;
    }

    private static <T> void add(List<T> list, T value, int most) throws FrameFormatException {
        if (list.size() == most) {
            throw new FrameFormatException("an entry of a dump has more than " + most + " of something");
        }
        list.add(value);
    }
}
