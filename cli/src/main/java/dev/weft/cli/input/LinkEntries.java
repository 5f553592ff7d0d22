package dev.weft.cli.input;

import dev.weft.cli.links.Link;
import dev.weft.cli.links.LinkTarget;
import dev.weft.cli.links.PageLinks;
import dev.weft.cli.links.Sitemap;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.text.UrlText;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries of the links in one page or sitemap: each URL once a line, links that are none with what is wrong, and
 * a word about those that are left out. Not thread-safe.
 */
public final class LinkEntries {

    private static final int SHOWN = 200;

    private final String name;
    private final LinkBudget budget;
    private @Nullable URI base;
    private final Set<InputEntry> entries = new LinkedHashSet<>();
    private final List<Nested> nested = new ArrayList<>();
    private @Nullable String broken;
    private int relative;
    private @Nullable Link firstRelative;

    /**
     * Nothing yet.
     *
     * @param name of the page, for places
     * @param base where the page is; null if nobody knows
     */
    public LinkEntries(String name, @Nullable URI base, LinkBudget budget) {
        this.name = name;
        this.base = base;
        this.budget = budget;
    }

    /** A sitemap that an index names. */
    record Nested(URI uri, SourceLocation location) {}

    public LinkEntries add(PageLinks page) {
        if (page.base() != null && LinkTarget.of(page.base(), base) instanceof LinkTarget.Web(var url)) {
            base = UrlText.parse(url) instanceof UrlText.Url(var uri, var _) ? uri : base;
        }
        for (var link : page.links()) {
            if (!hasRoom(link)) {
                break;
            }
            add(link);
        }
        if (firstRelative != null) {
            note((relative == 1 ? "1 relative link is" : relative + " relative links are")
                    + " not fetched, the first is "
                    + shown(firstRelative) + " in line " + firstRelative.line()
                    + ": say with --base URL where the page will stand");
        } else if (entries.isEmpty()) {
            note("no links in it that can be fetched");
        }
        return this;
    }

    /** Adds one that was read while {@link #hasRoom} allowed it. */
    LinkEntries add(Sitemap sitemap) {
        for (var link : sitemap.locations()) {
            addLocation(link, sitemap.isIndex());
        }
        if (broken != null) {
            return this;
        }
        if (sitemap.broken() != null) {
            broken = "cannot be read to its end: " + sitemap.broken();
        } else if (sitemap.locations().isEmpty()) {
            note("no URLs in it");
        }
        return this;
    }

    /** In sitemaps, all URLs are whole. */
    private void addLocation(Link link, boolean isSitemap) {
        var url = LinkTarget.of(link.text(), null) instanceof LinkTarget.Web(var web) ? web : link.text();
        switch (parsed(link, url)) {
            case UrlText.Url(var uri, var _) when isSitemap -> nested.add(new Nested(uri, location(link)));
            case UrlText.Url parsed -> entries.add(InputEntry.Url.of(url, parsed, location(link)));
            case UrlText.NoUrl(var why) -> entries.add(new InputEntry.NoUrl(shown(link), why, location(link)));
        }
    }

    /** Whether there is room for one more; if not, it says so. */
    boolean hasRoom(Link link) {
        if (!budget.take(link.text())) {
            broken = budget.why() + ": the rest is left out from line " + link.line() + " on; give it to another run";
        }
        return broken == null;
    }

    private void add(Link link) {
        switch (LinkTarget.of(link.text(), base)) {
            case LinkTarget.Web(var url) -> {
                switch (parsed(link, url)) {
                    case UrlText.Url parsed -> entries.add(InputEntry.Url.of(url, parsed, location(link)));
                    case UrlText.NoUrl(var why) -> entries.add(new InputEntry.NoUrl(shown(link), why, location(link)));
                }
            }
            case LinkTarget.Relative none -> {
                relative++;
                firstRelative = firstRelative == null ? link : firstRelative;
            }
            case LinkTarget.SamePage none -> {}
            case LinkTarget.Elsewhere none -> {}
        }
    }

    private static UrlText.Parsed parsed(Link link, String url) {
        return link.text().indexOf('\ufffd') >= 0
                ? new UrlText.NoUrl("has bytes that are no text: is it in another charset than it says?")
                : UrlText.parse(url);
    }

    private static String shown(Link link) {
        return link.text().length() > SHOWN ? link.text().substring(0, SHOWN) + "…" : link.text();
    }

    private SourceLocation location(Link link) {
        return SourceLocation.line(name, link.line());
    }

    private void note(String text) {
        entries.add(new InputEntry.Note(name + ": " + text));
    }

    public List<InputEntry> entries() {
        return List.copyOf(entries);
    }

    List<Nested> nested() {
        return List.copyOf(nested);
    }

    /** Why that is not all; null if it is. */
    public @Nullable String broken() {
        return broken;
    }
}
