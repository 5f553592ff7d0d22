package dev.weft.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Target;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrlListTest {

    private static InputEntry.Url url(String text, String uri, SourceLocation location) {
        return new InputEntry.Url(text, URI.create(uri), null, location);
    }

    @Test
    void duplicates_areOneTarget_withAllTheirPlaces() {
        var list = new UrlList();
        list.add(url("http://A", "http://a/", SourceLocation.argument(1)));
        list.add(url("http://b/", "http://b/", SourceLocation.line("f", 1)));
        list.add(url("http://a/#x", "http://a/", SourceLocation.line("f", 2)));
        assertThat(list.targets())
                .containsExactly(
                        new Target(
                                0,
                                "http://A",
                                URI.create("http://a/"),
                                List.of(SourceLocation.argument(1), SourceLocation.line("f", 2))),
                        new Target(1, "http://b/", URI.create("http://b/"), List.of(SourceLocation.line("f", 1))));
    }

    @Test
    void badLines_areErrors_eachOfItsOwn() {
        var list = new UrlList();
        list.add(new InputEntry.NoUrl("x", "no scheme", SourceLocation.line("f", 1)));
        list.add(new InputEntry.NoUrl("x", "no scheme", SourceLocation.line("f", 2)));
        list.add(new InputEntry.NoInput("g", "there is no such file"));
        assertThat(list.targets()).isEmpty();
        assertThat(list.isEmpty()).isFalse();
        assertThat(list.rejected())
                .extracting(Result::outcome)
                .containsExactly(
                        new Outcome.Broken(ErrorKind.URL, "no scheme"),
                        new Outcome.Broken(ErrorKind.URL, "no scheme"),
                        new Outcome.Broken(ErrorKind.INPUT, "there is no such file"));
    }

    @Test
    void unreadableInputs_alone_areNothingToFetch() {
        var list = new UrlList();
        list.add(new InputEntry.NoInput("g", "there is no such file"));
        assertThat(list.isEmpty()).isTrue();
    }

    @Test
    void pageThatDidNotCome_isAResult_andANoteIsNone() {
        var list = new UrlList();
        list.add(new InputEntry.Note("a.md: no links"));
        assertThat(list.rejected()).isEmpty();
        assertThat(list.notes()).containsExactly("a.md: no links");
        assertThat(list.isEmpty()).isFalse();
        list.add(new InputEntry.NoPage("http://a/", new SourceLocation("--links", true), new Outcome.Failed(404)));
        assertThat(list.rejected())
                .containsExactly(Result.neverBegun(
                        "http://a/", List.of(new SourceLocation("--links", true)), new Outcome.Failed(404)));
    }
}
