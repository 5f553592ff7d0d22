package dev.weft.cli;

import java.net.URI;

/** Something that an input holds. */
sealed interface Entry {

    /** A URL to fetch: as written, as requested, and where it stands. */
    record Url(String text, URI uri, Place place) implements Entry {}

    /** Something else where a URL should stand. */
    record NoUrl(String text, String why, Place place) implements Entry {}

    /** An input that cannot be read, or not to its end. */
    record NoInput(String name, String why) implements Entry {}
}
