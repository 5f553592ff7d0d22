package dev.weft.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page or sitemap that is read for its links, and what came of it. Written by the task that reads it; read by the
 * task that owns the run when that one has ended.
 */
final class Reading {

    private final String option;
    private final String name;
    private final @Nullable URI uri;
    private final Place place;
    private final int depth;
    private final Exchange exchange = new Exchange();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Reading> nested = new ArrayList<>();
    private boolean begun;
    private boolean ended;

    private Reading(String option, String name, @Nullable URI uri, Place place, int depth) {
        this.option = option;
        this.name = name;
        this.uri = uri;
        this.place = place;
        this.depth = depth;
    }

    /**
     * What an option names.
     *
     * @param uri null for a file or standard input
     */
    static Reading given(String option, String name, @Nullable URI uri) {
        return new Reading(option, name, uri, new Place(option, true), 0);
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

    Exchange exchange() {
        return exchange;
    }

    void begin() {
        begun = true;
    }

    /** What was found in it. */
    void add(LinkEntries found) {
        entries.addAll(found.entries());
        found.nested()
                .forEach(below ->
                        nested.add(new Reading(option, below.uri().toString(), below.uri(), below.place(), depth + 1)));
        if (found.broken() != null) {
            addUnreadable(found.broken());
        }
    }

    /** It did not come. */
    void addMissing(Outcome outcome) {
        entries.add(new Entry.NoPage(name(), place, outcome));
    }

    /** It came, and is not what it should be, or not all of it. */
    void addUnreadable(String why) {
        entries.add(
                uri == null
                        ? new Entry.NoInput(option, name(), why)
                        : new Entry.NoPage(name(), place, new Outcome.Broken(ErrorKind.INPUT, why)));
    }

    void end() {
        ended = true;
    }

    /** What it holds, or, if the run ended before it did, how far it was. */
    List<Entry> entries() {
        if (ended) {
            return List.copyOf(entries);
        }
        var outcome = begun ? new Outcome.Cut(exchange.phase()) : new Outcome.Unstarted();
        return List.of(new Entry.NoPage(name(), place, outcome));
    }

    /** The sitemaps that this index names. */
    List<Reading> nested() {
        return List.copyOf(nested);
    }
}
