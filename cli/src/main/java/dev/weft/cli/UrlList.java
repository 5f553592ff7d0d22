package dev.weft.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the inputs hold, put together: each URL once, with all its places, and what was no URL. Not thread-safe. */
final class UrlList {

    private final Map<URI, Found> found = new LinkedHashMap<>();
    private final List<Result> rejected = new ArrayList<>();
    private final List<Entry.NoInput> unreadable = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void add(Entry entry) {
        switch (entry) {
            case Entry.Url url ->
                found.computeIfAbsent(url.uri(), uri -> new Found(url.text()))
                        .places
                        .add(url.place());
            case Entry.NoUrl none ->
                rejected.add(Result.neverBegun(
                        none.text(), List.of(none.place()), new Outcome.Broken(ErrorKind.URL, none.why())));
            case Entry.NoInput none -> unreadable.add(none);
            case Entry.NoPage none ->
                rejected.add(Result.neverBegun(none.name(), List.of(none.place()), none.outcome()));
            case Entry.Note note -> notes.add(note.text());
        }
    }

    /** What to fetch, in the order of first appearance. */
    List<Target> targets() {
        var targets = new ArrayList<Target>(found.size());
        found.forEach((uri, at) -> targets.add(new Target(targets.size(), at.text, uri, at.places)));
        return targets;
    }

    /** What was no URL, and the inputs that could not be read: errors that need no fetching. */
    List<Result> rejected() {
        var all = new ArrayList<>(rejected);
        for (var none : unreadable) {
            var place = new Place(none.name(), true);
            all.add(Result.neverBegun(none.name(), List.of(place), new Outcome.Broken(ErrorKind.INPUT, none.why())));
        }
        return all;
    }

    /** The inputs that could not be read, or not to their end. */
    List<Entry.NoInput> unreadable() {
        return List.copyOf(unreadable);
    }

    /** What there is to know about inputs that is no error. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Whether there was no line with anything in it, be it a URL or not. */
    boolean isEmpty() {
        return found.isEmpty() && rejected.isEmpty();
    }

    private static final class Found {
        final String text;
        final List<Place> places = new ArrayList<>();

        Found(String text) {
            this.text = text;
        }
    }
}
