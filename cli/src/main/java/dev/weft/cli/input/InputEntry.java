package dev.weft.cli.input;

import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.text.Shown;
import dev.weft.cli.text.UrlText;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Something that an input holds. */
public sealed interface InputEntry {

    /**
     * A URL to fetch.
     *
     * @param text as written, without a password
     * @param uri as requested
     * @param login the name and password in it, or null
     */
    record Url(String text, URI uri, @Nullable String login, SourceLocation location) implements InputEntry {
        /** Of what was read. */
        static Url of(String text, UrlText.Url url, SourceLocation location) {
            return new Url(url.login() == null ? text : Shown.address(text), url.uri(), url.login(), location);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Url[" + text + ", " + location + "]";
        }
    }

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
