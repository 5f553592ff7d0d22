package dev.weft.cli.input;

import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.SourceLocation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page or sitemap that is read for its links, and what came of it. Written by the task that reads it; read by the
 * task that owns the run when that one has ended.
 */
final class LinkSource {

    private final String option;
    private final String name;
    private final @Nullable URI uri;
    private final SourceLocation location;
    private final int depth;
    private final FetchProgress progress = new FetchProgress();
    private final List<InputEntry> entries = new ArrayList<>();
    private final List<LinkSource> nested = new ArrayList<>();
    private boolean begun;
    private boolean ended;

    private LinkSource(String option, String name, @Nullable URI uri, SourceLocation location, int depth) {
        this.option = option;
        this.name = name;
        this.uri = uri;
        this.location = location;
        this.depth = depth;
    }

    /**
     * The source that an option names.
     *
     * @param uri null for a file or standard input
     */
    static LinkSource given(String option, String name, @Nullable URI uri) {
        return new LinkSource(option, name, uri, new SourceLocation(option, true), 0);
    }

    /** As it was given; {@code stdin} for standard input. */
    String name() {
        return name.equals(Inputs.STANDARD_INPUT) ? "stdin" : name;
    }

    boolean isStandardInput() {
        return uri == null && name.equals(Inputs.STANDARD_INPUT);
    }

    boolean isSitemap() {
        return option.equals(LinkReader.SITEMAP);
    }

    /** Null for a file and standard input. */
    @Nullable
    URI uri() {
        return uri;
    }

    /** How many indexes are above it. */
    int depth() {
        return depth;
    }

    FetchProgress progress() {
        return progress;
    }

    void begin() {
        begun = true;
    }

    /** The links found in it. */
    void add(LinkEntries found) {
        entries.addAll(found.entries());
        found.nested()
                .forEach(below -> nested.add(
                        new LinkSource(option, below.uri().toString(), below.uri(), below.location(), depth + 1)));
        if (found.broken() != null) {
            addUnreadable(found.broken());
        }
    }

    /** It did not come. */
    void addMissing(Outcome outcome) {
        entries.add(new InputEntry.NoPage(name(), location, outcome));
    }

    /** It came, and is not what it should be, or not all of it. */
    void addUnreadable(String why) {
        entries.add(
                uri == null
                        ? new InputEntry.NoInput(option, name(), why)
                        : new InputEntry.NoPage(name(), location, new Outcome.Broken(ErrorKind.INPUT, why)));
    }

    void end() {
        ended = true;
    }

    /** Its content, or, if the run ended first, the part that was read. */
    List<InputEntry> entries() {
        if (ended) {
            return List.copyOf(entries);
        }
        var outcome = begun ? new Outcome.Cut(progress.phase()) : new Outcome.Unstarted();
        return List.of(new InputEntry.NoPage(name(), location, outcome));
    }

    /** The sitemaps that this index names. */
    List<LinkSource> nested() {
        return List.copyOf(nested);
    }
}
