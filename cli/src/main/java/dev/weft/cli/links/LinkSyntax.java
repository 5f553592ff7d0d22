package dev.weft.cli.links;

import dev.weft.cli.text.UrlSyntax;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The meaning of links, as browsers read them. */
final class LinkSyntax {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);

    /** Schemes that are registered and in use on pages. Any other one is reported. */
    private static final Set<String> ELSEWHERE = Set.of(
            "about",
            "android-app",
            "bitcoin",
            "blob",
            "callto",
            "cid",
            "data",
            "facetime",
            "ftp",
            "ftps",
            "geo",
            "git",
            "intent",
            "ios-app",
            "irc",
            "ircs",
            "javascript",
            "magnet",
            "mailto",
            "market",
            "matrix",
            "mid",
            "news",
            "sftp",
            "skype",
            "slack",
            "sip",
            "sips",
            "sms",
            "ssh",
            "steam",
            "tel",
            "tg",
            "urn",
            "vbscript",
            "vscode",
            "vscode-insiders",
            "webcal",
            "whatsapp",
            "ws",
            "wss",
            "xmpp");

    private LinkSyntax() {}

    static LinkTarget target(String link, @Nullable URI base) {
        var text = withoutFragment(clean(link));
        if (text.isEmpty()) {
            return new LinkTarget.SamePage();
        }
        var scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            var name = scheme.group(1).toLowerCase(Locale.ROOT);
            if (ELSEWHERE.contains(name)) {
                return new LinkTarget.Elsewhere();
            }
            var isWeb = name.equals("http") || name.equals("https");
            return new LinkTarget.Web(
                    isWeb ? name + ":" + UrlSyntax.absolute(UrlSyntax.slashes(scheme.group(2))) : text);
        }
        text = UrlSyntax.slashes(text);
        if (text.startsWith("//")) {
            return new LinkTarget.Web((base == null ? "https" : base.getScheme()) + ":" + UrlSyntax.absolute(text));
        }
        return base == null ? new LinkTarget.Relative(text) : new LinkTarget.Web(UrlSyntax.resolve(base, text));
    }

    static @Nullable String fragment(String link) {
        var text = clean(link);
        var hash = text.indexOf('#');
        if (hash < 0) {
            return null;
        }
        var fragment = text.substring(hash + 1);
        var search = fragment.indexOf(":~:");
        var place = search < 0 ? fragment : fragment.substring(0, search);
        return place.isEmpty() || place.equalsIgnoreCase("top") ? null : place;
    }

    /** Without the blanks around it, and without line ends, which browsers do not mind. */
    private static String clean(String link) {
        var start = 0;
        var end = link.length();
        while (start < end && link.charAt(start) <= ' ') {
            start++;
        }
        while (start < end && link.charAt(end - 1) <= ' ') {
            end--;
        }
        return link.substring(start, end).replaceAll("[\\t\\r\\n]+", "");
    }

    private static String withoutFragment(String text) {
        var hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }
}
