package dev.weft.cli.input;

import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the inputs hold, put together: each URL once, with all its places, and what was no URL. Not thread-safe. */
public final class UrlList {

    private final Map<URI, Found> found = new LinkedHashMap<>();
    private final List<Result> rejected = new ArrayList<>();
    private final List<InputEntry.NoInput> unreadable = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public void add(InputEntry entry) {
        switch (entry) {
            case InputEntry.Url url ->
                found.computeIfAbsent(url.uri(), uri -> new Found(url.text()))
                        .locations
                        .add(url.location());
            case InputEntry.NoUrl none ->
                rejected.add(Result.neverBegun(
                        none.text(), List.of(none.location()), new Outcome.Broken(ErrorKind.URL, none.why())));
            case InputEntry.NoInput none -> unreadable.add(none);
            case InputEntry.NoPage none ->
                rejected.add(Result.neverBegun(none.name(), List.of(none.location()), none.outcome()));
            case InputEntry.Note note -> notes.add(note.text());
        }
    }

    /** What to fetch, in the order of first appearance. */
    public List<Target> targets() {
        var targets = new ArrayList<Target>(found.size());
        found.forEach((uri, at) -> targets.add(new Target(targets.size(), at.text, uri, at.locations)));
        return targets;
    }

    /** What was no URL, and the inputs that could not be read: errors that need no fetching. */
    public List<Result> rejected() {
        var all = new ArrayList<>(rejected);
        for (var none : unreadable) {
            var location = new SourceLocation(none.name(), true);
            all.add(Result.neverBegun(none.name(), List.of(location), new Outcome.Broken(ErrorKind.INPUT, none.why())));
        }
        return all;
    }

    /** The inputs that could not be read, or not to their end. */
    public List<InputEntry.NoInput> unreadable() {
        return List.copyOf(unreadable);
    }

    /** What there is to know about inputs that is no error. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Whether there was no line with anything in it, be it a URL or not, and no page that could be read. */
    public boolean isEmpty() {
        return found.isEmpty() && rejected.isEmpty() && notes.isEmpty();
    }

    private static final class Found {
        final String text;
        final List<SourceLocation> locations = new ArrayList<>();

        Found(String text) {
            this.text = text;
        }
    }
}
