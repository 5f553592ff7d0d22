package dev.weft.cli;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.waitUntil;

import dev.weft.Deadline;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.cli.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of a run: what waits, what runs, what has ended. Starts what may begin, waits for whatever ends next,
 * says so, and goes on until nothing is left or it is stopped.
 *
 * <p>Belongs to one task, which alone decides how a URL ended up; that is why each ends up in exactly one of the six.
 * Not thread-safe.
 */
final class Conductor {

    /** How often the progress line looks at the clock when nothing else happens. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final FetchOptions options;
    private final Io io;
    private final Output output;
    private final Reporter reporter;
    private final Stopwatch sinceStart;
    private final Deadline deadline;
    private final Tally tally = new Tally();
    private final FetchTimeline timeline = new FetchTimeline();
    private final Admission<Target> admission;
    /** In the order in which they began, so that the first is the oldest. */
    private final Map<Task<Finished>, Running> running = new LinkedHashMap<>();

    private final int total;
    private Stopwatch queue = Stopwatch.start();
    private Duration queueBegan;
    /** Whether all inputs were read before the run ended. */
    private boolean listed;

    Conductor(FetchOptions options, Io io, UrlList urls, Output output, Stopwatch sinceStart, Deadline deadline) {
        this.options = options;
        this.io = io;
        this.output = output;
        this.reporter = options.format().reporter(io);
        this.sinceStart = sinceStart;
        this.deadline = deadline;
        this.queueBegan = sinceStart.elapsed();
        var targets = urls.targets();
        var rejected = urls.rejected();
        var schemes = new HashMap<String, String>();
        targets.forEach(target -> schemes.put(target.host(), target.uri().getScheme()));
        this.admission =
                new Admission<>(options.concurrency(), host -> options.perHost(schemes.getOrDefault(host, "http")));
        targets.forEach(target -> admission.add(target.host(), target));
        this.total = targets.size() + rejected.size();
        rejected.forEach(this::report);
    }

    /** A URL under way: its permit, and how far it is. */
    private record Running(Target target, Exchange exchange, Duration queued, Stopwatch sincePermit) {}

    /** What a fetch's task returns. */
    private record Finished(Outcome outcome, Duration took) {}

    /**
     * Fetches until nothing is left, or the results cannot be written.
     *
     * <p><b>Blocking:</b> until then. <b>Cancellation:</b> always a cancellation point; what has not ended then is for
     * {@link #finish} to say.
     *
     * @param fetches the group that the fetches join; what is left in it afterwards is the caller's to cancel
     */
    Ending fetchAll(TaskGroup fetches, Fetcher fetcher) throws InterruptedException {
        listed = true;
        queue = Stopwatch.start();
        queueBegan = sinceStart.elapsed();
        while (true) {
            startAdmitted(fetches, fetcher);
            showProgress();
            output.pump();
            if (output.failure().isPresent()) {
                return Ending.CANNOT_WRITE;
            }
            if (running.isEmpty()) {
                return Ending.COMPLETE;
            }
            awaitSomething();
            collectFinished();
        }
    }

    private void startAdmitted(TaskGroup fetches, Fetcher fetcher) {
        for (var target = admission.next(); target != null; target = admission.next()) {
            var begun = new Running(target, new Exchange(), queue.elapsed(), Stopwatch.start());
            var uri = target.uri();
            var task = fetches.createTask("fetch " + uri, () -> {
                var outcome = fetcher.fetch(uri, begun.exchange);
                return new Finished(outcome, begun.sincePermit.elapsed());
            });
            running.put(task, begun);
        }
    }

    private void awaitSomething() throws InterruptedException {
        var awaited = new ArrayList<Task<?>>(running.keySet());
        output.writing().ifPresent(awaited::add);
        waitUntil(ReturnWhen.FIRST_COMPLETED, awaited, options.progress().isShown(io) ? TICK : FOREVER);
    }

    private void collectFinished() {
        var ended = running.keySet().stream().filter(Task::isDone).toList();
        for (var task : ended) {
            var begun = running.remove(task);
            if (begun != null) {
                admission.release(begun.target.host());
                report(begun, resultOf(begun, task.result()));
            }
        }
    }

    private static Result resultOf(Running begun, Finished finished) {
        return result(begun, finished.outcome, finished.took);
    }

    private static Result result(Running begun, Outcome outcome, Duration took) {
        var exchange = begun.exchange;
        return new Result(
                begun.target.url(),
                begun.target.places(),
                outcome,
                new Result.Times(begun.queued, took),
                exchange.bytes(),
                exchange.redirectedTo());
    }

    private void report(Running begun, Result result) {
        if (options.timeline() != null) {
            timeline.add(result, queueBegan, begun.exchange.steps());
        }
        report(result);
    }

    private void report(Result result) {
        tally.count(result.verdict());
        reporter.result(result, output);
    }

    private void showProgress() {
        if (options.progress().isShown(io)) {
            var oldest = running.isEmpty() ? null : running.values().iterator().next();
            var line = new ProgressLine(
                    tally,
                    total,
                    running.size(),
                    sinceStart.elapsed(),
                    deadline.isNever() ? null : deadline.remaining(),
                    oldest == null ? null : oldest.target.url(),
                    oldest == null ? Duration.ZERO : oldest.sincePermit.elapsed());
            output.progress(line.text(io.columns()));
        }
    }

    /**
     * The run is over: says how everything ended up that it has not said yet, and then the summary.
     *
     * <p><b>Blocking:</b> never; it does not wait for what it says is cut. <b>Cancellation:</b> never a cancellation
     * point.
     */
    Summary finish(Ending ending, @Nullable Stop stop) {
        if (ending != Ending.CANNOT_WRITE) {
            collectFinished();
        }
        var hint = hint(ending);
        running.values()
                .forEach(begun -> report(
                        begun, result(begun, new Outcome.Cut(begun.exchange.phase()), begun.sincePermit.elapsed())));
        running.clear();
        var unstarted = new ArrayList<>(admission.drain());
        unstarted.sort(Comparator.comparingInt(Target::index));
        for (var target : unstarted) {
            var result = Result.neverBegun(target.url(), target.places(), new Outcome.Unstarted());
            if (options.timeline() != null) {
                timeline.addUnsent(result, queueBegan, sinceStart.elapsed());
            }
            report(result);
        }
        var summary = new Summary(tally, ending, stop, sinceStart.elapsed(), options.deadline(), hint);
        output.progress("");
        if (ending != Ending.CANNOT_WRITE) {
            reporter.summary(summary, output);
        }
        output.pump();
        return summary;
    }

    /** The picture of all that was reported, after {@link #finish}. */
    Timeline timeline(Summary summary) {
        return timeline.finish(summary, options.deadline());
    }

    private @Nullable String hint(Ending ending) {
        var waiting = admission.waiting();
        if (ending == Ending.DEADLINE && !listed) {
            return "the inputs were not read to their end";
        }
        if (ending != Ending.DEADLINE || waiting == 0) {
            return null;
        }
        var what = admission.waitsForHosts()
                ? "--per-host " + options.perHost() + ": not more of one host at once"
                : "--concurrency " + options.concurrency();
        return waiting + " could not begin in time because of " + what;
    }
}
