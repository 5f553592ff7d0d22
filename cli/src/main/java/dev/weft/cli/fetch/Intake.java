package dev.weft.cli.fetch;

import dev.weft.cli.console.Output;
import dev.weft.cli.input.Feed;
import dev.weft.cli.input.InputEntry;
import dev.weft.cli.keep.Journal;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Target;
import dev.weft.cli.text.Shown;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is read as it comes: each URL once, with all its places; and what is no URL. Belongs to the loop's task.
 */
final class Intake {

    /** More unstarted URLs are not named one by one: nobody reads them, and the run is to end. */
    private static final int MAX_NAMED = 10_000;

    private static final int MAX_NOTES = 20;

    /** More portions than a feed holds. */
    private static final int AT_HAND = 100;

    private final Feed feed;
    private final Admission<Job> admission;
    private final @Nullable Journal journal;
    private final Output output;
    private final Supplier<Duration> now;
    private final Consumer<Result> report;
    private final Seen seen = new Seen();
    /** The further places of URLs that stand in several. */
    private final Map<URI, List<SourceLocation>> places = new HashMap<>();
    /** Of an earlier run: told when all their places are known. */
    private final List<Target> resumed = new ArrayList<>();
    /** Told when there is something else: without it, there is nothing to fetch. */
    private final List<InputEntry.NoInput> unreadable = new ArrayList<>();

    /** The lines that were only counted. */
    private final List<Rest> rests = new ArrayList<>();

    private int targets;
    private int total;
    private boolean isEmpty = true;
    private boolean hasBegun;

    /**
     * Nothing is taken yet.
     *
     * @param admission where what is to be fetched goes
     * @param now how long ago the fetch began
     * @param report takes what needs no fetching
     */
    Intake(
            Feed feed,
            Admission<Job> admission,
            @Nullable Journal journal,
            Output output,
            Supplier<Duration> now,
            Consumer<Result> report) {
        this.feed = feed;
        this.admission = admission;
        this.journal = journal;
        this.output = output;
        this.now = now;
        this.report = report;
    }

    /**
     * There was nothing to fetch.
     *
     * @param unreadable the inputs that could not be read
     */
    record Nothing(List<InputEntry.NoInput> unreadable) {}

    /** Takes the next portion; before the first is fetched, all that are at hand. Never blocks. */
    void take() {
        var isSettled = feed.isSettled();
        var portions = isSettled && !hasBegun ? AT_HAND : 1;
        for (var i = 0; i < portions && feed.hasMore(); i++) {
            feed.take().forEach(this::add);
        }
        if (isSettled) {
            hasBegun = true;
            resumed.forEach(this::reportResumed);
            resumed.clear();
        }
    }

    private void add(InputEntry entry) {
        if (isEmpty && !(entry instanceof InputEntry.NoInput)) {
            isEmpty = false;
            unreadable.forEach(this::reject);
            unreadable.clear();
        }
        switch (entry) {
            case InputEntry.Url url -> add(url);
            case InputEntry.NoUrl none ->
                reject(none.text(), none.location(), new Outcome.Broken(ErrorKind.URL, none.why()));
            case InputEntry.NoInput none when isEmpty -> unreadable.add(none);
            case InputEntry.NoInput none -> reject(none);
            case InputEntry.NoPage none -> reject(none.name(), none.location(), none.outcome());
            case InputEntry.Note note -> output.note(Shown.harmless(note.text()));
        }
    }

    private void add(InputEntry.Url url) {
        if (!seen.add(url.uri().toString())) {
            places.computeIfAbsent(url.uri(), _ -> new ArrayList<>(1)).add(url.location());
            return;
        }
        total++;
        var target = new Target(targets++, url.text(), url.uri(), List.of(url.location()));
        if (journal != null && journal.result(target) != null) {
            resumed.add(target);
        } else {
            admission.add(target.host(), new Job(target, now.get()));
        }
    }

    private void reject(InputEntry.NoInput none) {
        reject(none.name(), new SourceLocation(none.name(), true), new Outcome.Broken(ErrorKind.INPUT, none.why()));
    }

    private void reject(String name, SourceLocation location, Outcome outcome) {
        total++;
        report.accept(Result.neverBegun(name, List.of(location), outcome));
    }

    private void reportResumed(Target target) {
        var done = journal == null ? null : journal.result(target);
        if (done == null) {
            admission.add(target.host(), new Job(target, now.get()));
        } else {
            report.accept(done.in(places(target)));
        }
    }

    /** Everywhere a URL was found. To be asked once, when it is reported: what is found later is for the end. */
    List<SourceLocation> places(Target target) {
        var more = places.remove(target.uri());
        if (more == null) {
            return target.locations();
        }
        var all = new ArrayList<>(target.locations());
        all.addAll(more);
        return all;
    }

    /** How many there are, as far as is known. */
    int total() {
        return total;
    }

    /** Whether fetching may begin. */
    boolean hasBegun() {
        return hasBegun;
    }

    boolean hasMore() {
        return feed.hasMore();
    }

    boolean isDone() {
        return feed.isDone();
    }

    /** Why there is nothing to fetch, when {@link #isDone all} is read; null if there is. */
    @Nullable
    Nothing nothing() {
        return isEmpty ? new Nothing(List.copyOf(unreadable)) : null;
    }

    // ---- The end

    /** Lines that are not read yet are only counted. */
    void countOnly() {
        feed.countOnly();
    }

    /** Whether more may be counted. */
    boolean mayEnd() {
        return feed.mayEnd();
    }

    /** Takes what there is, and no more. @return whether that is all */
    boolean close() {
        rests.addAll(feed.close());
        while (feed.hasMore()) {
            take();
        }
        take();
        unreadable.forEach(this::reject);
        unreadable.clear();
        return feed.isDone();
    }

    /** How many have not begun. */
    long waiting() {
        return admission.waiting() + rests.stream().mapToLong(Rest::count).sum();
    }

    /** Which limit has held up those that have not begun; null if none has. */
    @Nullable
    String heldUpBy(Limits limits) {
        if (waiting() == 0) {
            return null;
        }
        return limits.rate() != null && admission.mayBegin()
                ? "--rate " + limits.rate()
                : admission.waitsForHosts()
                        ? "--per-host " + limits.perHost() + ": not more of one host at once"
                        : limits.concurrency() == Limits.AS_MEMBERS_SAY
                                ? "--concurrency of the members"
                                : "--concurrency " + limits.concurrency();
    }

    /** Takes out what waits: each in turn, if they are not too many, or else how many of which source. */
    void drain(Consumer<Job> each, Consumer<Rest> many) {
        if (waiting() <= MAX_NAMED) {
            var waiting = admission.drain();
            waiting.sort(Comparator.comparingInt(job -> job.target.index()));
            waiting.forEach(each);
            tellLatePlaces();
        } else {
            var bySource = new LinkedHashMap<String, Rest>();
            Consumer<Rest> add = rest -> bySource.merge(rest.source(), rest, Rest::and);
            admission.drain(line -> ((PackedJobs) line).drain(each, add));
            rests.forEach(add);
            rests.clear();
            bySource.values().forEach(many);
        }
        rests.forEach(many);
    }

    /** Of URLs that were found once more after they had been told of. */
    private void tellLatePlaces() {
        places.entrySet().stream()
                .limit(MAX_NOTES)
                .forEach(late -> output.note(Shown.harmless(late.getKey()
                        + " is also in "
                        + String.join(
                                ", ",
                                late.getValue().stream()
                                        .map(SourceLocation::text)
                                        .toList()))));
        if (places.size() > MAX_NOTES) {
            output.note("and " + (places.size() - MAX_NOTES) + " more URLs are in several places");
        }
    }
}
