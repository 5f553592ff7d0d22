package dev.weft.cli;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many links one run takes out of pages and sitemaps, so that they fit into memory. Thread-safe. */
final class LinkBudget {

    static final int MAX_LINKS = 1_000_000;
    static final long MAX_CHARACTERS = 100_000_000;

    private final AtomicInteger links;
    private final AtomicLong characters;

    LinkBudget() {
        this(MAX_LINKS, MAX_CHARACTERS);
    }

    LinkBudget(int links, long characters) {
        this.links = new AtomicInteger(links);
        this.characters = new AtomicLong(characters);
    }

    /** Takes one; false if there is no room for it. */
    boolean take(String link) {
        return links.getAndUpdate(left -> Math.max(0, left - 1)) > 0 && characters.addAndGet(-link.length()) >= 0;
    }
}
