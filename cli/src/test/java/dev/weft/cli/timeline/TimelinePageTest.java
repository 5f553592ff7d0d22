package dev.weft.cli.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page allows a browser to do. */
class TimelinePageTest {

    private static final String NASTY =
            "</title><base href='http://evil.example/'><form action=/><script>alert(1)</script>";

    private static String page() throws Exception {
        return TimelinePage.of(new Timeline(NASTY, NASTY, Timeline.Kind.TASKS, 1, List.of(), List.of(), NASTY));
    }

    private static String group(String pattern, String text) {
        var matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        var group = matcher.group(1);
        assertThat(matcher.find()).as("a second " + pattern).isFalse();
        return group;
    }

    private static String hash(String content) throws Exception {
        return "'sha256-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)))
                + "'";
    }

    @Test
    void policy_allowsTheOneScriptAndTheOneStyle_byHash_andNoBaseAndNoForms() throws Exception {
        var page = page();
        assertThat(group("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"", page))
                .isEqualTo("default-src 'none'; style-src " + hash(group("<style>(.*?)</style>", page))
                        + "; script-src " + hash(group("<script>(.*?)</script>", page))
                        + "; base-uri 'none'; form-action 'none'");
    }

    @Test
    void page_hasNothingThatThePolicyWouldForbid() throws Exception {
        var page = page();
        var markup = page.replaceAll("(?s)<style>.*?</style>", "").replaceAll("(?s)<script.*?</script>", "");
        assertThat(markup).doesNotContainPattern("(?i)\\s(style|on[a-z]+)\\s*=");
        assertThat(page).doesNotContain("eval(", "new Function(", "innerHTML", "<base", "<form");
    }
}
