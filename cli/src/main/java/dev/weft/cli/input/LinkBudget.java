package dev.weft.cli.input;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many URLs one run takes out of lists, pages and sitemaps, so that they fit into memory. Thread-safe. */
public final class LinkBudget {

    static final int MAX_LINKS = 1_000_000;
    static final long MAX_CHARACTERS = 100_000_000;

    /** The rough memory of a URL until the run has ended; and more for each of its characters. */
    private static final long BYTES_OF_URL = 1000;

    private static final long BYTES_OF_CHARACTER = 4;

    private static final long BYTES_OF_LINE = 100;
    private static final long BYTES_OF_PACKED_CHARACTER = 2;

    private final AtomicInteger links;
    private final AtomicLong characters;
    private final AtomicLong memory;

    public LinkBudget() {
        this(MAX_LINKS, MAX_CHARACTERS);
    }

    public LinkBudget(int links, long characters) {
        this(links, characters, Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    LinkBudget(int links, long characters, long memory) {
        this.links = new AtomicInteger(links);
        this.characters = new AtomicLong(characters);
        this.memory = new AtomicLong(memory);
    }

    /** Takes the link of a page or sitemap; false if there is no room for it. */
    public boolean take(String link) {
        return takeMemory(link)
                && links.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                && characters.addAndGet(-link.length()) >= 0;
    }

    private boolean takeMemory(String url) {
        return memory.addAndGet(-BYTES_OF_URL - BYTES_OF_CHARACTER * url.length()) >= 0;
    }

    /** Takes the URL of a list, which is kept packed; false if there is no memory for it. */
    boolean takeLine(String url) {
        return memory.addAndGet(-BYTES_OF_LINE - BYTES_OF_PACKED_CHARACTER * url.length()) >= 0;
    }

    /** Why there was no room for a link, as it goes on after the name of the page. */
    String why() {
        return memory.get() < 0
                ? "has more links than fit into the memory there is (WEFT_JAVA_OPTS=-Xmx2g gives 2 GB)"
                : "has more links than one run takes, which is " + MAX_LINKS + ", or " + MAX_CHARACTERS
                        + " characters in them";
    }
}
