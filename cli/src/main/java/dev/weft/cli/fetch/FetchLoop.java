package dev.weft.cli.fetch;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;

import dev.weft.Deadline;
import dev.weft.TaskGroup;
import dev.weft.cli.console.Output;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.input.Feed;
import dev.weft.cli.keep.Journal;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.StopSignal;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cli.model.Summary;
import dev.weft.cli.model.Tally;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.report.FetchTimeline;
import dev.weft.cli.report.ProgressLine;
import dev.weft.cli.report.Reporter;
import dev.weft.cli.text.DurationText;
import dev.weft.cli.text.Shown;
import dev.weft.cli.timeline.Timeline;
import dev.weft.sync.Queue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of a run: what waits, what runs, what pauses before its next try, what has ended. Starts what may
 * begin, waits for whatever happens next, says so, and goes on until nothing is left or it is stopped.
 *
 * <p>Belongs to one task, which alone decides how a URL ended up; that is why each ends up in exactly one of the six.
 * Not thread-safe.
 */
final class FetchLoop {

    /** How often the progress line looks at the clock when nothing else happens. */
    private static final Duration TICK = Duration.ofMillis(100);

    /** How long the report at the end waits for inputs that are still being read. */
    private static final Duration READING_PATIENCE = Duration.ofMillis(150);

    /** Lines read later than this before the deadline are only counted, if there is enough to do without them. */
    private static final Duration COUNTING_TIME = Duration.ofMillis(600);

    private static final int ENOUGH = 5_000;

    /** How long the report at the end waits for a journal's disk. */
    private static final Duration JOURNAL_PATIENCE = Duration.ofMillis(200);

    private final FetchOptions options;
    private final Limits limits;
    private final StandardIo io;
    private final Output output;
    private final Reporter reporter;
    private final @Nullable Journal journal;
    private final Stopwatch sinceStart;
    private final Deadline deadline;
    private final Queue<FetchEvent> events;
    private final Tally tally = new Tally();
    private final List<Rest> rests = new ArrayList<>();
    private final FetchTimeline timeline = new FetchTimeline();
    private final Admission<Job> admission;
    private final Pace pace;
    private final PendingRetries pauses = new PendingRetries();
    /** In the order in which they began, so that the first is the oldest. */
    private final Set<Job> running = new LinkedHashSet<>();

    /** Outcomes that are decided, and must be in the journal before they are reported. */
    private final ArrayDeque<Unreported> unreported = new ArrayDeque<>();

    private final Intake intake;

    private Stopwatch queue = Stopwatch.start();
    private Duration queueBegan;

    private @Nullable Summary summary;

    /**
     * A run that has not begun.
     *
     * @param feed what is to be fetched, as it is read
     * @param events where {@code output} and {@code journal} tell that something was written
     * @param journal null if there is none
     */
    FetchLoop(
            FetchOptions options,
            StandardIo io,
            Feed feed,
            Output output,
            Reporter reporter,
            @Nullable Journal journal,
            Queue<FetchEvent> events,
            Stopwatch sinceStart,
            Deadline deadline) {
        this.options = options;
        this.limits = options.limits();
        this.io = io;
        this.output = output;
        this.journal = journal;
        this.events = events;
        this.reporter = reporter;
        this.sinceStart = sinceStart;
        this.deadline = deadline;
        this.queueBegan = sinceStart.elapsed();
        this.pace = new Pace(limits.rate());
        var sources = new PackedJobs.Sources();
        this.admission = new Admission<>(
                options.concurrency(),
                job -> limits.perHost(job.target.uri().getScheme()),
                () -> new PackedJobs(sources));
        this.intake = new Intake(feed, admission, journal, output, () -> queue.elapsed(), this::reportUnsent);
    }

    /** A result that is not told before the journal has so many lines. */
    private record Unreported(Result result, long afterLines) {}

    /**
     * Fetches until nothing is left, or the results cannot be written.
     *
     * <p><b>Blocking:</b> until then. <b>Cancellation:</b> always a cancellation point; what has not ended then is for
     * {@link #finish} to say.
     *
     * @param fetches the group that the fetches join; what is left in it afterwards is the caller's to cancel
     */
    Ending fetchAll(TaskGroup fetches, Tries tries) throws InterruptedException {
        queue = Stopwatch.start();
        queueBegan = sinceStart.elapsed();
        while (true) {
            intake.take();
            if (admission.waiting() > ENOUGH && deadline.remaining().compareTo(COUNTING_TIME) < 0) {
                intake.countOnly();
            }
            var untilMore = intake.hasBegun() ? startAdmitted(fetches, tries) : FOREVER;
            showProgress();
            pump();
            if (output.failure().isPresent()) {
                return Ending.CANNOT_WRITE;
            }
            if (running.isEmpty() && admission.waiting() == 0 && pauses.isEmpty() && intake.isDone()) {
                return Ending.COMPLETE;
            }
            if (intake.hasMore()) {
                handleAll();
                sleep(Duration.ZERO); // notices that it is to end
            } else {
                awaitSomething(untilMore);
            }
        }
    }

    private void pump() {
        if (journal != null) {
            journal.pump();
            reportUpTo(journal.written());
        }
        output.pump();
    }

    /** A reader of a result may rely on it: whatever kills this process, the next one knows it too. */
    private void reportUpTo(long linesInJournal) {
        while (!unreported.isEmpty() && unreported.getFirst().afterLines <= linesInJournal) {
            reporter.result(unreported.removeFirst().result, output);
        }
    }

    /** Returns how long it is until more may begin, if nothing happens before. */
    private Duration startAdmitted(TaskGroup fetches, Tries tries) {
        while (true) {
            var now = queue.elapsed();
            pauses.takeDue(now).forEach(job -> admission.add(job.target.host(), job));
            var untilPace = pace.untilNext(now);
            if (untilPace.isZero()) {
                var job = admission.next();
                if (job == null) {
                    return pauses.untilNext(now);
                }
                pace.begin(now);
                start(job, now, fetches, tries);
            } else {
                var untilPause = pauses.untilNext(now);
                return admission.mayBegin() && untilPace.compareTo(untilPause) < 0 ? untilPace : untilPause;
            }
        }
    }

    private void start(Job job, Duration now, TaskGroup fetches, Tries tries) {
        var progress = job.begin(now);
        var uri = job.target.uri();
        running.add(job);
        fetches.createTask("fetch " + uri, () -> {
            var attempt = tries.of(uri, progress);
            events.putNowait(new FetchEvent.Ended(job, attempt, job.underWay()));
        });
    }

    private void awaitSomething(Duration untilMore) throws InterruptedException {
        var atMost = options.shown().progress().isShown(io) && TICK.compareTo(untilMore) < 0 ? TICK : untilMore;
        try {
            handle(atMost.equals(FOREVER) ? events.get() : timeout(atMost, events::get));
        } catch (TimeoutException e) {
            // time for the next one, or to look at the clock
        }
        handleAll();
    }

    private void handleAll() {
        while (!events.isEmpty()) {
            handle(events.getNowait());
        }
    }

    private void handle(FetchEvent event) {
        switch (event) {
            case FetchEvent.Written _, FetchEvent.Read _ -> {}
            case FetchEvent.Said(var lines) -> lines.forEach(line -> output.note(Shown.harmless(line)));
            // after the end, which has said already what became of it
            case FetchEvent.Ended(var job, var _, var _) when !running.remove(job) -> {}
            case FetchEvent.Ended(var job, var attempt, var at) -> {
                admission.release(job.target.host());
                job.end(attempt.outcome(), at);
                var method = options.request().method();
                switch (options.retries().after(job.tries(), attempt, method, ThreadLocalRandom.current())) {
                    case Retries.Again(var after)
                    when after.compareTo(deadline.remaining()) < 0 -> {
                        job.progress().enter(Phase.PAUSE);
                        pauses.add(job, queue.elapsed().plus(after));
                    }
                    case Retries.Again(var after) -> {
                        job.progress()
                                .note("the next try, in " + DurationText.rough(after) + ", is beyond the deadline");
                        report(job, job.result());
                    }
                    case Retries.GiveUp(var why) -> {
                        if (why != null) {
                            job.progress().note(why);
                        }
                        report(job, job.result());
                    }
                }
            }
        }
    }

    private void report(Job job, Result result) {
        if (options.shown().timeline() != null) {
            timeline.add(result, queueBegan.plus(job.since), job.progress().steps());
        }
        if (journal != null) {
            journal.add(job.target, result);
        }
        report(result.in(intake.places(job.target)));
    }

    private void reportUnsent(Result result) {
        if (options.shown().timeline() != null) {
            timeline.addUnsent(result, sinceStart.elapsed());
        }
        report(result);
    }

    private void report(Result result) {
        tally.count(result);
        if (journal == null) {
            reporter.result(result, output);
        } else {
            unreported.addLast(new Unreported(result, journal.added()));
        }
    }

    private void showProgress() {
        if (options.shown().progress().isShown(io)) {
            var oldest = running.isEmpty() ? null : running.iterator().next();
            var line = new ProgressLine(
                    tally,
                    intake.total(),
                    running.size(),
                    sinceStart.elapsed(),
                    deadline.isNever() ? null : deadline.remaining(),
                    oldest == null ? null : oldest.target.url(),
                    oldest == null ? Duration.ZERO : oldest.underWay());
            output.progress(line.text(io.columns()));
        }
    }

    /**
     * The run is over: says how everything ended up that it has not said yet, and then the {@link #summary}. A URL that
     * waits for another try keeps the outcome of its last one. Does nothing the second time.
     *
     * <p><b>Blocking:</b> for a moment, until the journal is written; it does not wait for what it says is cut.
     * <b>Cancellation:</b> a cancellation point if there is a journal; all is said nevertheless.
     */
    void finish(Ending ending, @Nullable StopSignal stop) throws InterruptedException {
        if (summary != null) {
            return;
        }
        if (ending != Ending.CANNOT_WRITE) {
            handleAll();
        }
        running.forEach(job -> report(job, job.cut()));
        running.clear();
        pauses.takeAll().forEach(this::reportLast);
        var isListed = awaitCount(ending);
        var why = ending == Ending.DEADLINE ? intake.heldUpBy(limits) : null;
        intake.drain(this::reportWaiting, this::reportRest);
        var unstarted = tally.of(Verdict.UNSTARTED);
        var hint = isListed || ending == Ending.CANNOT_WRITE
                ? why == null || unstarted == 0 ? null : unstarted + " could not begin in time because of " + why
                : "the inputs were not read to their end";
        var whole = new Summary(tally, ending, stop, sinceStart.elapsed(), limits.deadline(), hint, options.failOn());
        summary = whole;
        output.progress("");
        try {
            awaitJournal();
        } finally {
            reportUpTo(Long.MAX_VALUE);
            rests.forEach(rest -> reporter.rest(rest, output));
            if (ending != Ending.CANNOT_WRITE) {
                reporter.summary(whole, output);
            }
            pump();
        }
    }

    /** A disk that hangs does not hold up the report. */
    private void awaitJournal() throws InterruptedException {
        if (journal != null) {
            try {
                timeout(JOURNAL_PATIENCE, journal::drain);
            } catch (TimeoutException e) {
                // what it holds is true, and not all
            }
        }
    }

    /** Whether there was nothing at all to fetch, and why. */
    Intake.@Nullable Nothing nothing() {
        return intake.nothing();
    }

    /** The result of {@link #finish}; null before. */
    @Nullable
    Summary summary() {
        return summary;
    }

    /** Counts the rest of the inputs, if that is quick. @return whether they have been read to their end */
    private boolean awaitCount(Ending ending) throws InterruptedException {
        intake.countOnly();
        try {
            timeout(READING_PATIENCE, () -> {
                while (ending == Ending.DEADLINE && intake.mayEnd()) {
                    handle(events.get());
                }
            });
        } catch (TimeoutException e) {
            // then nobody knows how many there are
        }
        return intake.close();
    }

    private void reportWaiting(Job job) {
        if (job.last() == null) {
            var places = intake.places(job.target);
            reportUnsent(Result.neverBegun(job.target.url(), places, new Outcome.Unstarted()));
        } else {
            reportLast(job);
        }
    }

    private void reportRest(Rest rest) {
        tally.count(Verdict.UNSTARTED, rest.count());
        rests.add(rest);
    }

    private void reportLast(Job job) {
        job.progress().note("the run ended before the next try");
        report(job, job.result());
    }

    /** The picture of all that was reported, after {@link #finish}. */
    Timeline timeline(Summary whole) {
        return timeline.finish(whole, sinceStart.jvmStart(), queueBegan);
    }
}
