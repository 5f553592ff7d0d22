package dev.weft.cli.fetch;

import dev.weft.cli.model.Rest;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Target;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait. One that has not begun is kept as the bytes of its URL and its place, which is a tenth of what it
 * takes as objects; others as they are. Not thread-safe.
 */
final class PackedJobs implements Line<Job> {

    private static final int MAX_CHUNK = 65_536;

    private static final int IS_OBJECT = 1;
    private static final int HAS_TEXT = 2;
    private static final int IN_LIST = 4;

    private final Sources sources;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private final ArrayDeque<Job> objects = new ArrayDeque<>();
    private byte[] last = new byte[0];
    private int end;
    private int begin;
    private int size;

    /** The names of lists and pages, each once. */
    static final class Sources {
        private final List<String> names = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();

        private int number(String name) {
            return numbers.computeIfAbsent(name, added -> {
                names.add(added);
                return names.size() - 1;
            });
        }
    }

    PackedJobs(Sources sources) {
        this.sources = sources;
    }

    @Override
    public void addLast(Job job) {
        if (job.tries() > 0) {
            objects.addLast(job);
            room(1);
            last[end++] = IS_OBJECT;
        } else {
            pack(job.target, job.since);
        }
        size++;
    }

    private void pack(Target target, Duration since) {
        var uri = target.uri().toString().getBytes(StandardCharsets.ISO_8859_1); // it is ASCII
        var text = target.url().equals(target.uri().toString())
                ? new byte[0]
                : target.url().getBytes(StandardCharsets.UTF_8);
        var location = target.locations().getFirst();
        room(1 + 6 * 10 + uri.length + text.length);
        last[end++] = (byte) ((text.length > 0 ? HAS_TEXT : 0) | (location.inList() ? IN_LIST : 0));
        number(target.index());
        number(sources.number(location.source()));
        number(location.line() + 1);
        number(since.toMillis());
        bytes(uri);
        if (text.length > 0) {
            bytes(text);
        }
    }

    /** Room for so many bytes in the last chunk. */
    private void room(int count) {
        if (end + count <= last.length) {
            return;
        }
        trim();
        last = new byte[Math.max(count, Math.min(MAX_CHUNK, 2 * last.length))];
        end = 0;
        chunks.addLast(last);
    }

    /** The rest of the last chunk is not kept. */
    private void trim() {
        if (!chunks.isEmpty() && end < last.length) {
            var whole = new byte[end];
            System.arraycopy(last, 0, whole, 0, end);
            chunks.removeLast();
            chunks.addLast(whole);
        }
    }

    private void number(long number) {
        var left = number;
        while (left > 0x7f) {
            last[end++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        last[end++] = (byte) left;
    }

    private void bytes(byte[] bytes) {
        number(bytes.length);
        System.arraycopy(bytes, 0, last, end, bytes.length);
        end += bytes.length;
    }

    @Override
    public Job removeFirst() {
        var reader = reader();
        var job = reader.next();
        if (job == null) {
            job = objects.removeFirst();
        }
        begin = reader.at;
        size--;
        return job;
    }

    /** At the first one. */
    private Reader reader() {
        while (begin == (chunks.size() == 1 ? end : chunks.getFirst().length)) {
            chunks.removeFirst();
            begin = 0;
        }
        return new Reader(chunks.getFirst(), begin);
    }

    private final class Reader {
        private final byte[] chunk;
        private int at;

        Reader(byte[] chunk, int at) {
            this.chunk = chunk;
            this.at = at;
        }

        private long number() {
            var number = 0L;
            for (var shift = 0; ; shift += 7) {
                var b = chunk[at++];
                number |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return number;
                }
            }
        }

        private String text(Charset charset) {
            var length = (int) number();
            at += length;
            return new String(chunk, at - length, length, charset);
        }

        private void skip() {
            var length = (int) number();
            at += length;
        }

        /** Null if it is kept as an object. */
        @Nullable
        Job next() {
            var flags = chunk[at++];
            if ((flags & IS_OBJECT) != 0) {
                return null;
            }
            var index = (int) number();
            var source = sources.names.get((int) number());
            var location = new SourceLocation(source, number() - 1, (flags & IN_LIST) != 0);
            var since = Duration.ofMillis(number());
            var uri = URI.create(text(StandardCharsets.ISO_8859_1));
            var url = (flags & HAS_TEXT) != 0 ? text(StandardCharsets.UTF_8) : uri.toString();
            return new Job(new Target(index, url, uri, List.of(location)), since);
        }

        /** Where it stands; null if it is kept as an object. */
        @Nullable
        Rest rest() {
            var flags = chunk[at++];
            if ((flags & IS_OBJECT) != 0) {
                return null;
            }
            number();
            var source = sources.names.get((int) number());
            var line = number() - 1;
            number();
            skip();
            if ((flags & HAS_TEXT) != 0) {
                skip();
            }
            return new Rest(source, line, line, 1);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void drain(Consumer<? super Job> to) {
        while (size > 0) {
            to.accept(removeFirst());
        }
    }

    /** Takes out all: those that have not begun are only counted. */
    void drain(Consumer<? super Job> begun, Consumer<Rest> others) {
        while (size > 0) {
            var reader = reader();
            var rest = reader.rest();
            if (rest == null) {
                begun.accept(objects.removeFirst());
            } else {
                others.accept(rest);
            }
            begin = reader.at;
            size--;
        }
    }
}
