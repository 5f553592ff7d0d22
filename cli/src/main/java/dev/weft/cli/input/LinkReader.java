package dev.weft.cli.input;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.timeout;

import dev.weft.cli.files.NotOursException;
import dev.weft.cli.files.Sources;
import dev.weft.cli.files.Untrusted;
import dev.weft.cli.http.FailureClassifier;
import dev.weft.cli.http.Fetcher;
import dev.weft.cli.http.MemorySink;
import dev.weft.cli.http.NamedServers;
import dev.weft.cli.http.PackedSink;
import dev.weft.cli.http.Page;
import dev.weft.cli.links.PageLinks;
import dev.weft.cli.links.Sitemap;
import dev.weft.cli.links.UnreadableDocumentException;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.text.ByteText;
import dev.weft.cli.text.DurationText;
import dev.weft.cli.text.Shown;
import dev.weft.cli.text.UrlText;
import dev.weft.sync.Lock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages and sitemaps for their links, a few at once; sitemaps that an index names after the index. A fault of one
 * stops no other.
 *
 * <p>Belongs to the task that made it. Each {@link LinkSource} belongs to the task that reads it until that has ended.
 */
public final class LinkReader {

    static final String LINKS = "--links";
    static final String SITEMAP = "--sitemap";

    /** Few, because each may be large. */
    private static final int MAX_AT_ONCE = 4;

    /** How many indexes may be above a sitemap; the protocol knows of one. */
    static final int MAX_DEPTH = 5;

    /** In one run. */
    static final int MAX_SITEMAPS = 1000;

    private static final Pattern URL = Pattern.compile("(?i)https?:.*", Pattern.DOTALL);

    private final Inputs inputs;
    private final Limits limits;
    private final LinkBudget budget;
    private final NamedServers logins;
    private final Lock parsing = new Lock();
    private final List<LinkSource> sources = new ArrayList<>();
    private final List<InputEntry> wrong = new ArrayList<>();
    private final Set<URI> sitemaps = new HashSet<>();
    private int countOfSitemaps;

    public LinkReader(Inputs inputs, Limits limits, LinkBudget budget, NamedServers logins) {
        this.logins = logins;
        this.inputs = inputs;
        this.limits = limits;
        this.budget = budget;
        var pages = inputs.pages();
        pages.links().stream().distinct().forEach(name -> addGiven(LINKS, name));
        pages.sitemaps().stream().distinct().forEach(name -> addGiven(SITEMAP, name));
    }

    /** The URLs that the user has given. */
    public List<URI> given() {
        return Stream.concat(
                        sources.stream().map(LinkSource::uri),
                        Stream.ofNullable(inputs.pages().base()))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /**
     * Reads all of them.
     *
     * <p><b>Blocking:</b> until all are read, or have run into the limit that each has. <b>Cancellation:</b> always a
     * cancellation point; {@link #entries} says then what was not read. A read from a terminal goes on in the
     * background, for nobody.
     */
    public void read(Fetcher fetcher) throws InterruptedException {
        var atOnce = Math.min(MAX_AT_ONCE, Math.min(limits.concurrency(), limits.perHost()));
        var next = List.copyOf(sources);
        while (!next.isEmpty()) {
            try {
                forEachConcurrent(next, atOnce, source -> read(source, fetcher));
            } finally {
                // also when cancelled: what will not be read any more is told of
                next = nested(next);
                sources.addAll(next);
            }
        }
    }

    /** The links found, in the order of the inputs, however the reading ended. */
    public List<InputEntry> entries() {
        var entries = new ArrayList<>(wrong);
        sources.forEach(source -> entries.addAll(source.entries()));
        return entries;
    }

    private void addGiven(String option, String name) {
        if (!URL.matcher(name).matches()) {
            sources.add(LinkSource.given(option, name, null));
            return;
        }
        switch (UrlText.parse(name)) {
            case UrlText.Url(var uri, var login) -> {
                logins.addLogin(uri, login);
                if (option.equals(LINKS) || sitemaps.add(uri)) {
                    sources.add(LinkSource.given(option, login == null ? name : Shown.address(name), uri));
                }
            }
            case UrlText.NoUrl(var why) -> wrong.add(new InputEntry.NoUrl(name, why, new SourceLocation(option, true)));
        }
    }

    /** The sitemaps that these indexes name, each once: indexes may name each other. */
    private List<LinkSource> nested(List<LinkSource> indexes) {
        var next = new ArrayList<LinkSource>();
        for (var index : indexes) {
            if (index.depth() == MAX_DEPTH) {
                continue;
            }
            var leftOut = 0;
            for (var sitemap : index.nested()) {
                if (sitemaps.add(Objects.requireNonNull(sitemap.uri()))) {
                    if (countOfSitemaps < MAX_SITEMAPS) {
                        countOfSitemaps++;
                        next.add(sitemap);
                    } else {
                        leftOut++;
                    }
                }
            }
            if (leftOut > 0) {
                index.addUnreadable("names more sitemaps than the " + MAX_SITEMAPS + " that one run reads: " + leftOut
                        + " are not read; give them to another run");
            }
        }
        return next;
    }

    private void read(LinkSource source, Fetcher fetcher) throws InterruptedException {
        source.begin();
        try {
            if (source.uri() == null) {
                source.progress().enter(Phase.BODY);
                if (source.isSitemap()) {
                    // read as it comes, so that it need not fit into memory; a pipe may take its time
                    addFound(source, abandonOnCancel(() -> file(source, in -> links(source, in, null, null))));
                } else {
                    understand(
                            source, new Page.Here(null, null, abandonOnCancel(() -> file(source, LinkReader::kept))));
                }
            } else {
                readFetched(source, fetcher);
            }
        } catch (UnreadableDocumentException e) {
            source.addUnreadable(String.valueOf(e.getMessage()));
        } catch (InvalidPathException e) {
            source.addUnreadable(Inputs.inWords(e));
        } catch (TimeoutException e) {
            source.addUnreadable("is not understood within "
                    + DurationText.format(limits.timeout())
                    + ": is it meant to be a page? --timeout gives it longer");
        } catch (RuntimeException e) {
            source.addMissing(FailureClassifier.internal(e));
        }
        source.end();
    }

    private void readFetched(LinkSource source, Fetcher fetcher)
            throws UnreadableDocumentException, TimeoutException, InterruptedException {
        var uri = Objects.requireNonNull(source.uri());
        var isSitemap = source.isSitemap();
        var sink = isSitemap ? new PackedSink() : new MemorySink();
        switch (fetcher.read(uri, isSitemap ? Sitemap.MAX_BYTES : PageLinks.MAX_BYTES, sink, source.progress())) {
            case Page.Here page -> understand(source, page);
            case Page.Missing(Outcome.Broken(var kind, var why), var _)
            when kind == ErrorKind.INPUT -> source.addUnreadable(why);
            case Page.Missing(var outcome, var _) -> source.addMissing(outcome);
        }
    }

    /** The reading of an open file. */
    @FunctionalInterface
    private interface Use<T> {
        T of(InputStream in) throws IOException, UnreadableDocumentException;
    }

    private <T> T file(LinkSource source, Use<T> use) throws UnreadableDocumentException {
        if (source.isStandardInput()) {
            return file(inputs.standardInput(), use);
        }
        try (var in = Sources.open(Path.of(source.name()))) {
            return file(in, use);
        } catch (NotOursException e) {
            throw new UnreadableDocumentException("is a directory: give the files in it");
        } catch (IOException e) {
            throw new UnreadableDocumentException(Inputs.inWords(e));
        }
    }

    private static <T> T file(InputStream in, Use<T> use) throws UnreadableDocumentException {
        try {
            return use.of(in);
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new UnreadableDocumentException(
                    String.valueOf(Untrusted.TooMuchException.of(e).getMessage()));
        } catch (IOException e) {
            throw new UnreadableDocumentException(Inputs.inWords(e));
        }
    }

    private static MemorySink kept(InputStream in) throws IOException, UnreadableDocumentException {
        var bytes = in.readNBytes(PageLinks.MAX_BYTES + 1);
        if (bytes.length > PageLinks.MAX_BYTES) {
            throw new UnreadableDocumentException(
                    "has more than " + ByteText.format(PageLinks.MAX_BYTES) + ": not read");
        }
        var sink = new MemorySink();
        sink.write(ByteBuffer.wrap(bytes));
        return sink;
    }

    private LinkEntries fetched(LinkSource source, Page.Here page) throws UnreadableDocumentException {
        try (var in = page.body().open()) {
            return links(source, in, page.uri(), page.contentType());
        } catch (IOException e) {
            throw new UnreadableDocumentException(Inputs.inWords(e));
        }
    }

    /** One after the other: it computes, and needs memory. */
    private void understand(LinkSource source, Page.Here page)
            throws UnreadableDocumentException, TimeoutException, InterruptedException {
        try (var _ = parsing.hold()) {
            // computing cannot be interrupted
            addFound(source, timeout(limits.timeout(), () -> abandonOnCancel(() -> fetched(source, page))));
        }
    }

    private static void addFound(LinkSource source, LinkEntries found) {
        source.add(found);
        if (!source.nested().isEmpty() && source.depth() == MAX_DEPTH) {
            source.addUnreadable("is an index below " + MAX_DEPTH + " others: the sitemaps that it names are not read");
        }
    }

    private LinkEntries links(LinkSource source, InputStream in, @Nullable URI uri, @Nullable String contentType)
            throws UnreadableDocumentException {
        try {
            return Untrusted.read(() -> linksOf(source, in, uri, contentType));
        } catch (Untrusted.TooMuchException e) {
            throw new UnreadableDocumentException(String.valueOf(e.getMessage()));
        }
    }

    private LinkEntries linksOf(LinkSource source, InputStream in, @Nullable URI uri, @Nullable String contentType)
            throws UnreadableDocumentException {
        var found = new LinkEntries(source.name(), uri == null ? inputs.pages().base() : uri, budget);
        return source.isSitemap()
                ? found.add(Sitemap.read(in, found::hasRoom))
                : found.add(PageLinks.read(in, contentType, uri == null ? source.name() : uri.toString()));
    }
}
