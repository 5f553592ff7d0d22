package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrlListTest {

    private static Entry.Url url(String text, String uri, Place place) {
        return new Entry.Url(text, URI.create(uri), place);
    }

    @Test
    void duplicates_areOneTarget_withAllTheirPlaces() {
        var list = new UrlList();
        list.add(url("http://A", "http://a/", Place.argument(1)));
        list.add(url("http://b/", "http://b/", Place.line("f", 1)));
        list.add(url("http://a/#x", "http://a/", Place.line("f", 2)));
        assertThat(list.targets())
                .containsExactly(
                        new Target(
                                0, "http://A", URI.create("http://a/"), List.of(Place.argument(1), Place.line("f", 2))),
                        new Target(1, "http://b/", URI.create("http://b/"), List.of(Place.line("f", 1))));
    }

    @Test
    void badLines_areErrors_eachOfItsOwn() {
        var list = new UrlList();
        list.add(new Entry.NoUrl("x", "no scheme", Place.line("f", 1)));
        list.add(new Entry.NoUrl("x", "no scheme", Place.line("f", 2)));
        list.add(new Entry.NoInput("g", "there is no such file"));
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
        list.add(new Entry.NoInput("g", "there is no such file"));
        assertThat(list.isEmpty()).isTrue();
    }

    @Test
    void pageThatDidNotCome_isAResult_andANoteIsNone() {
        var list = new UrlList();
        list.add(new Entry.Note("a.md: no links"));
        assertThat(list.rejected()).isEmpty();
        assertThat(list.notes()).containsExactly("a.md: no links");
        assertThat(list.isEmpty()).isFalse();
        list.add(new Entry.NoPage("http://a/", new Place("--links", true), new Outcome.Failed(404)));
        assertThat(list.rejected())
                .containsExactly(
                        Result.neverBegun("http://a/", List.of(new Place("--links", true)), new Outcome.Failed(404)));
    }
}
