package dev.weft.cli.input;

import dev.weft.cli.model.Rest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries on their way from who reads the inputs to who fetches, in order and in portions. A reader that is far ahead
 * waits. Thread-safe, for one on each side.
 */
public final class Feed implements EntrySink {

    private static final int PORTION = 256;
    private static final int MAX_PORTIONS = 16;

    /** So many are looked at before the first is fetched, if they are at hand: a URL may stand in several places. */
    private static final int LOOK_AHEAD = 20_000;

    private final Runnable more;
    private final ArrayDeque<List<InputEntry>> portions = new ArrayDeque<>();
    private final List<Rest> rests = new ArrayList<>();
    private List<InputEntry> portion = new ArrayList<>();
    private long count;
    private boolean settled;
    private boolean pausing;
    private boolean counting;
    /** It was waiting when it was told to count. */
    private boolean stuck;

    private boolean closed;
    private boolean ended;

    /**
     * Nothing yet.
     *
     * @param more told, by the reader, that there is something
     */
    public Feed(Runnable more) {
        this.more = more;
    }

    /** All there is. */
    public static Feed of(List<InputEntry> entries, boolean isAll) {
        var feed = new Feed(() -> {});
        feed.portions.add(List.copyOf(entries));
        feed.settled = true;
        feed.stuck = !isAll;
        feed.ended = isAll;
        return feed;
    }

    @Override
    public synchronized void accept(InputEntry entry) {
        pausing = false;
        portion.add(entry);
        count++;
        settled |= count >= LOOK_AHEAD;
        if (portion.size() == PORTION) {
            handOver();
            while (portions.size() >= MAX_PORTIONS && !counting) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    // it is a thread of its own, which nobody has a reason to interrupt
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void handOver() {
        if (!portion.isEmpty()) {
            portions.add(portion);
            portion = new ArrayList<>();
            more.run();
        }
    }

    @Override
    public synchronized void pause() {
        pausing = true;
        handOver();
        if (!settled) {
            settled = true;
            more.run();
        }
    }

    /** There is no more. */
    public synchronized void end() {
        if (closed) {
            return;
        }
        handOver();
        settled = true;
        ended = true;
        notifyAll();
        more.run();
    }

    @Override
    public synchronized boolean isCounting() {
        return counting;
    }

    @Override
    public synchronized void count(Rest rest) {
        if (!closed) {
            rests.add(rest);
        }
    }

    // ---- The other side

    /** The next ones; none if none are at hand. Never blocks. */
    public synchronized List<InputEntry> take() {
        var next = portions.poll();
        notifyAll();
        return next == null ? List.of() : next;
    }

    /** Whether what comes first is known well enough to begin. */
    public synchronized boolean isSettled() {
        return settled;
    }

    public synchronized boolean hasMore() {
        return !portions.isEmpty();
    }

    /** Whether all was read, and taken. */
    public synchronized boolean isDone() {
        return ended && portions.isEmpty();
    }

    /** Whether waiting for the reader may help: it is not waiting itself. */
    public synchronized boolean mayEnd() {
        return !ended && !stuck;
    }

    /** From now on, what is not read yet is only counted. */
    public synchronized void countOnly() {
        stuck = !counting && pausing;
        counting = true;
        notifyAll();
    }

    /** The number counted, when nobody waits for more. {@link #isDone} tells whether that is all. */
    public synchronized List<Rest> close() {
        closed = true;
        handOver();
        return List.copyOf(rests);
    }
}
