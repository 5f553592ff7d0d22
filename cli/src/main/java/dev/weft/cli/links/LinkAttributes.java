package dev.weft.cli.links;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which attributes of which HTML elements are links: what a browser loads, or goes to when it is told to. */
final class LinkAttributes {

    /** One URL. */
    private static final Map<String, List<String>> URL = Map.ofEntries(
            Map.entry("a", List.of("href", "xlink:href")),
            Map.entry("area", List.of("href")),
            Map.entry("audio", List.of("src")),
            Map.entry("blockquote", List.of("cite")),
            Map.entry("del", List.of("cite")),
            Map.entry("embed", List.of("src")),
            Map.entry("frame", List.of("src")),
            Map.entry("iframe", List.of("src")),
            Map.entry("image", List.of("href", "xlink:href")),
            Map.entry("img", List.of("src")),
            Map.entry("input", List.of("src")),
            Map.entry("ins", List.of("cite")),
            Map.entry("link", List.of("href")),
            Map.entry("object", List.of("data")),
            Map.entry("q", List.of("cite")),
            Map.entry("script", List.of("src", "href", "xlink:href")),
            Map.entry("source", List.of("src")),
            Map.entry("track", List.of("src")),
            Map.entry("use", List.of("href", "xlink:href")),
            Map.entry("video", List.of("src", "poster")));

    /** Several, each with a size. */
    private static final Map<String, List<String>> SRCSET = Map.of(
            "img", List.of("srcset"),
            "source", List.of("srcset"),
            "link", List.of("imagesrcset"));

    /** Of {@code link}: they name a host to get ready for, not a page. */
    private static final Set<String> NO_PAGE = Set.of("preconnect", "dns-prefetch");

    /** Of {@code meta}, as property or name. */
    private static final Set<String> META = Set.of(
            "og:url",
            "og:image",
            "og:image:url",
            "og:image:secure_url",
            "og:video",
            "og:video:url",
            "og:video:secure_url",
            "og:audio",
            "og:audio:url",
            "og:audio:secure_url",
            "twitter:image",
            "twitter:image:src",
            "twitter:player",
            "twitter:player:stream");

    private LinkAttributes() {}

    static List<String> urls(String element) {
        return URL.getOrDefault(element, List.of());
    }

    static List<String> srcsets(String element) {
        return SRCSET.getOrDefault(element, List.of());
    }

    static boolean namesNoPage(String rel) {
        return NO_PAGE.contains(rel);
    }

    static boolean isMetaUrl(String property) {
        return META.contains(property);
    }
}
