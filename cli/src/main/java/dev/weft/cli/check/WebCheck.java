package dev.weft.cli.check;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.timeout;

import dev.weft.ExceptionGroup;
import dev.weft.cli.fetch.Batches;
import dev.weft.cli.files.Untrusted;
import dev.weft.cli.http.Fetcher;
import dev.weft.cli.http.MemorySink;
import dev.weft.cli.http.NamedServers;
import dev.weft.cli.http.Page;
import dev.weft.cli.http.Request;
import dev.weft.cli.input.InputEntry;
import dev.weft.cli.links.PageLinks;
import dev.weft.cli.links.UnreadableDocumentException;
import dev.weft.cli.model.Attempt;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.text.UrlText;
import dev.weft.sync.Lock;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the URLs that links lead to, each once: whether it is there, and, where a place in it or its links matter,
 * what is in it. Belongs to one task, and is not thread-safe.
 */
final class WebCheck {

    private final CheckOptions options;
    private final Batches batches;
    private final NamedServers named;
    private final @Nullable CheckCache cache;
    private final Consumer<Finding> report;
    private final Follower follower;
    private final Map<URI, WebTarget> targets = new ConcurrentHashMap<>();
    private final Set<WebTarget> waiting = new LinkedHashSet<>();
    private final Lock parsing = new Lock();
    private int asked;
    private int cached;

    /**
     * Nothing is asked yet.
     *
     * @param report takes what became of each link
     * @param follower takes the pages whose links are looked at too
     */
    WebCheck(
            CheckOptions options,
            Batches batches,
            NamedServers named,
            @Nullable CheckCache cache,
            Consumer<Finding> report,
            Follower follower) {
        this.options = options;
        this.batches = batches;
        this.named = named;
        this.cache = cache;
        this.report = report;
        this.follower = follower;
    }

    /** Takes a page whose links are looked at. */
    @FunctionalInterface
    interface Follower {
        /** Looks at its links, which are so many links away from a page that was given. */
        void follow(WebTarget.Page page, int depth);
    }

    /** A page that was given: its links are looked at. */
    void addGiven(UrlText.Url url) {
        named.add(url.uri());
        var target = target(url);
        target.follow(0);
        target.add(
                new WebTarget.Use(Place.whole(url.uri().toString()), url.uri().toString(), null));
        waiting.add(target);
    }

    /**
     * A link to a URL.
     *
     * @param depth how many links away it is from a page that was given; more than any if it is in a file
     */
    void add(Place place, String link, UrlText.Url url, @Nullable String fragment, int depth) {
        var target = target(url);
        if (depth <= options.depth() && named.contains(url.uri())) {
            target.follow(depth);
        }
        target.add(new WebTarget.Use(place, link, options.fragments() == Fragments.ALL ? fragment : null));
        if (target.isUnderWay()) {
            return;
        }
        if (target.isOpen()) {
            waiting.add(target);
        } else {
            target.takeFindings().forEach(report);
            follow(target);
        }
    }

    private WebTarget target(UrlText.Url url) {
        named.addLogin(url.uri(), url.login());
        return targets.computeIfAbsent(url.uri(), WebTarget::new);
    }

    private void follow(WebTarget target) {
        var page = target.takeFollowed();
        if (page != null && named.contains(page.uri())) {
            follower.follow(page, target.depth() + 1);
        }
    }

    int asked() {
        return asked;
    }

    int cached() {
        return cached;
    }

    /**
     * Asks for all, and for what their pages link to.
     *
     * <p><b>Blocking:</b> until all is known, or the deadline has come. <b>Cancellation:</b> always a cancellation
     * point; {@link #finish} says then what was not begun.
     *
     * @throws ExceptionGroup if this program has a fault
     */
    Ending run() throws ExceptionGroup, InterruptedException {
        var ending = new Ending[] {Ending.COMPLETE};
        batches.run(fetchers -> {
            try (var heads = fetchers.of(request("HEAD"));
                    var pages = fetchers.of(request("GET"))) {
                while (ending[0] == Ending.COMPLETE && !waiting.isEmpty()) {
                    ending[0] = round(heads, pages);
                }
            }
        });
        return ending[0];
    }

    private Request request(String method) {
        return new Request(method, options.headers(), method.equals("HEAD"), false, null);
    }

    private Ending round(Fetcher heads, Fetcher pages) throws ExceptionGroup, InterruptedException {
        var round = new ArrayList<WebTarget>();
        for (var target : List.copyOf(waiting)) {
            if (!endFromCache(target)) {
                round.add(target);
            }
        }
        waiting.clear();
        if (round.isEmpty()) {
            return Ending.COMPLETE;
        }
        asked += round.size();
        round.forEach(WebTarget::begin);
        var entries = new ArrayList<InputEntry>();
        for (var i = 0; i < round.size(); i++) {
            var uri = round.get(i).uri;
            entries.add(new InputEntry.Url(uri.toString(), uri, null, SourceLocation.line("links", i)));
        }
        var answers = new Answers(round);
        try {
            batches.fetch(entries, (uri, progress) -> attempt(uri, progress, heads, pages), answers);
        } finally {
            // also when cancelled
            waiting.addAll(answers.unanswered());
        }
        return answers.ending();
    }

    private boolean endFromCache(WebTarget target) {
        var entry = cache == null || target.isFollowed() ? null : cache.find(target.uri, target.fragments());
        if (entry == null) {
            return false;
        }
        cached++;
        target.end(new Outcome.Ok(entry.status()), "from the cache");
        target.takeFindings().forEach(report);
        return true;
    }

    /** Runs in the task that fetches. */
    private Attempt attempt(URI uri, FetchProgress progress, Fetcher heads, Fetcher pages) throws InterruptedException {
        var target = targets.get(uri);
        if (target == null || !target.isRead()) {
            return heads.fetch(uri, progress);
        }
        progress.restart();
        var max =
                (int) Math.min(PageLinks.MAX_BYTES, options.fetching().limits().maxBytes());
        return switch (pages.read(uri, max, new MemorySink(), progress)) {
            case Page.Here here -> {
                understand(target, here, progress);
                yield Attempt.of(new Outcome.Ok(200));
            }
            case Page.Missing(Outcome.Failed(var status), var _)
            when options.fetching().accepted().contains(status) -> Attempt.of(new Outcome.Ok(status));
            case Page.Missing(Outcome.Broken(var kind, var why), var _)
            when kind == ErrorKind.INPUT -> {
                var attempt = heads.fetch(uri, progress);
                progress.note("not searched: it " + why);
                yield attempt;
            }
            case Page.Missing(var outcome, var retryAfter) -> new Attempt(outcome, retryAfter);
        };
    }

    /** One after the other: it computes, and needs memory. */
    private void understand(WebTarget target, Page.Here here, FetchProgress progress) throws InterruptedException {
        var limit = options.fetching().limits().timeout();
        var uri = here.uri() == null ? target.uri : here.uri();
        try (var _ = parsing.hold()) {
            // computing cannot be interrupted
            target.came(new WebTarget.Page(uri, timeout(limit, () -> abandonOnCancel(() -> parse(here, uri)))));
        } catch (TimeoutException e) {
            progress.note("not searched: it is not understood in time");
        } catch (UnreadableDocumentException e) {
            progress.note("not searched: it " + e.getMessage());
        }
    }

    private static PageLinks parse(Page.Here here, URI uri) throws UnreadableDocumentException {
        try (var in = here.body().open()) {
            return Untrusted.read(() -> PageLinks.read(in, here.contentType(), uri.toString()));
        } catch (IOException e) {
            throw new UnreadableDocumentException("cannot be read: " + e.getMessage());
        }
    }

    /** The outcome of a URL. */
    private void end(WebTarget target, Outcome outcome, @Nullable String note) {
        target.end(outcome, note);
        if (target.isOpen()) {
            // a page that was read meanwhile names a place in it
            waiting.add(target);
            return;
        }
        var fragments = target.fragments();
        var findings = target.takeFindings();
        findings.forEach(report);
        remember(target, outcome, fragments, findings);
        follow(target);
    }

    private void remember(WebTarget target, Outcome outcome, Set<String> fragments, List<Finding> findings) {
        if (cache == null || outcome instanceof Outcome.Cut || outcome instanceof Outcome.Unstarted) {
            return;
        }
        var areAllThere = findings.stream().allMatch(finding -> finding.verdict() == outcome.verdict());
        if (outcome instanceof Outcome.Ok(var status)) {
            cache.put(target.uri, status, areAllThere ? fragments : Set.of());
        } else {
            cache.remove(target.uri);
        }
    }

    /** Reports all that was not begun. */
    void finish() {
        waiting.forEach(target -> target.takeUnstarted().forEach(report));
        waiting.clear();
    }

    /** The outcome of a round. */
    private final class Answers extends RoundReporter {

        private final List<WebTarget> round;

        Answers(List<WebTarget> round) {
            this.round = round;
        }

        @Override
        void answer(int index, Outcome outcome, @Nullable String note) {
            end(round.get(index), outcome, note);
        }

        List<WebTarget> unanswered() {
            return round.stream().filter(WebTarget::isUnderWay).toList();
        }
    }
}
