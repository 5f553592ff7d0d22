package dev.weft.cli.input;

import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.SourceLocation;
import java.net.URI;

/** Something that an input holds. */
public sealed interface InputEntry {

    /** A URL to fetch: as written, as requested, and where it stands. */
    record Url(String text, URI uri, SourceLocation location) implements InputEntry {}

    /** Something else where a URL should stand. */
    record NoUrl(String text, String why, SourceLocation location) implements InputEntry {}

    /**
     * An input that cannot be read, or not to its end.
     *
     * @param option which it was given with, as in {@code -i}
     */
    record NoInput(String option, String name, String why) implements InputEntry {
        NoInput(String name, String why) {
            this("-i", name, why);
        }
    }

    /**
     * A page or sitemap that was asked for, and did not come.
     *
     * @param location what asked for it
     */
    record NoPage(String name, SourceLocation location, Outcome outcome) implements InputEntry {}

    /** Something to know about an input that is no error. */
    record Note(String text) implements InputEntry {}
}
