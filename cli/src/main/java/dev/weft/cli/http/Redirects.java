package dev.weft.cli.http;

import dev.weft.cli.text.Shown;
import dev.weft.cli.text.UrlText;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows the redirects of one fetch, as long as that makes sense. Not thread-safe. */
final class Redirects {

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private static final int MAX_SHOWN = 200;

    private final Set<Visit> seen = new HashSet<>();
    private final URI origin;
    private final int max;
    private final Function<URI, String> cookies;

    /**
     * No redirect yet.
     *
     * @param max how many are followed; with 0 none is, and it is a final answer
     */
    Redirects(URI origin, int max) {
        this(origin, max, _ -> "");
    }

    /**
     * The same, where a page may answer otherwise when it is asked with other cookies.
     *
     * @param cookies what is sent to a URL
     */
    Redirects(URI origin, int max, Function<URI, String> cookies) {
        this.origin = origin;
        this.max = max;
        this.cookies = cookies;
        seen.add(new Visit(origin, cookies.apply(origin)));
    }

    private record Visit(URI uri, String cookies) {}

    /** The next step after an answer. */
    sealed interface Step {}

    /** It is final. */
    record Done() implements Step {}

    /**
     * Ask there instead.
     *
     * @param login the name and password that the server wrote into the URL, or null
     */
    record Follow(URI uri, String method, @Nullable String login) implements Step {
        /** Without the password. */
        @Override
        public String toString() {
            return "Follow[" + method + " " + uri + "]";
        }
    }

    /** It leads nowhere. */
    record Refuse(String why) implements Step {}

    Step after(URI from, HttpResponse.ResponseInfo head, String method) {
        var location = head.headers().firstValue("Location").map(UrlText::ofHeader);
        var setsCookie = head.headers().firstValue("Set-Cookie").isPresent();
        return after(from, head.statusCode(), location.orElse(null), method, setsCookie);
    }

    Step after(URI from, int status, @Nullable String location, String method) {
        return after(from, status, location, method, false);
    }

    private Step after(URI from, int status, @Nullable String location, String method, boolean setsCookie) {
        // browsers do not follow an empty one
        if (max == 0 || !STATUSES.contains(status) || location == null || location.isBlank()) {
            return new Done();
        }
        return switch (UrlText.resolve(from, location)) {
            case UrlText.NoUrl none -> new Refuse("redirected to " + shown(location) + ": " + none.why());
            case UrlText.Url(var to, var login) -> {
                if (from.getScheme().equals("https") && to.getScheme().equals("http")) {
                    yield new Refuse("redirected to " + to + ": from https to http is not followed");
                }
                var next = methodAfter(status, method);
                // a form that is sent may lead back to its own page, which is then asked for
                if (!seen.add(new Visit(to, cookies.apply(to))) && next.equals(method)) {
                    yield new Refuse("redirect loop: back to " + to
                            + (setsCookie ? ", with a cookie: --cookies keeps those of servers" : ""));
                }
                if (seen.size() > max + 1) {
                    yield new Refuse("more than " + max + " redirects (--max-redirects)");
                }
                yield new Follow(to, next, login);
            }
        };
    }

    /** As much as a reader wants to see: a server may send any length. */
    private static String shown(String location) {
        var address = Shown.address(location);
        return address.length() <= MAX_SHOWN ? address : address.substring(0, MAX_SHOWN) + "…";
    }

    boolean isSameOrigin(URI uri) {
        return uri.getScheme().equals(origin.getScheme())
                && UrlText.hostKey(uri).equals(UrlText.hostKey(origin));
    }

    /** As browsers do it: 303 asks for a GET, and a POST becomes one also after 301 and 302. */
    private static String methodAfter(int status, String method) {
        var becomesGet = (status == 303 && !method.equals("HEAD"))
                || ((status == 301 || status == 302) && method.equals("POST"));
        return becomesGet ? "GET" : method;
    }
}
