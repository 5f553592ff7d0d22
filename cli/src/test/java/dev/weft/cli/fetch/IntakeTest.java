package dev.weft.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.console.Output;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.input.Feed;
import dev.weft.cli.input.InputEntry;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of what is read. */
class IntakeTest {

    private final Admission<Job> admission =
            new Admission<>(() -> 10, _ -> 10, () -> new PackedJobs(new PackedJobs.Sources()));
    private final List<Result> reported = new ArrayList<>();

    private Intake of(List<InputEntry> entries, boolean isAll) {
        var io = new StandardIo(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Map.of(),
                false,
                false);
        var intake = new Intake(
                Feed.of(entries, isAll), admission, null, new Output(io), () -> Duration.ZERO, reported::add);
        intake.take();
        return intake;
    }

    private static InputEntry url(String text, String uri, SourceLocation location) {
        return new InputEntry.Url(text, URI.create(uri), null, location);
    }

    @Test
    void duplicates_areOneTarget_withAllTheirPlaces() {
        var intake = of(
                List.of(
                        url("http://A", "http://a/", SourceLocation.argument(1)),
                        url("http://b/", "http://b/", SourceLocation.line("f", 1)),
                        url("http://a/#x", "http://a/", SourceLocation.line("f", 2))),
                true);
        assertThat(intake.total()).isEqualTo(2);
        var jobs = admission.drain();
        assertThat(jobs).extracting(job -> job.target.url()).containsExactlyInAnyOrder("http://A", "http://b/");
        var first =
                jobs.stream().filter(job -> job.target.index() == 0).findFirst().orElseThrow();
        assertThat(intake.places(first.target))
                .containsExactly(SourceLocation.argument(1), SourceLocation.line("f", 2));
    }

    @Test
    void badLines_areErrors_eachOfItsOwn() {
        var intake = of(
                List.of(
                        new InputEntry.NoInput("-i", "g", "there is no such file"),
                        new InputEntry.NoUrl("x", "no scheme", SourceLocation.line("f", 1)),
                        new InputEntry.NoUrl("x", "no scheme", SourceLocation.line("f", 2))),
                true);
        assertThat(admission.waiting()).isZero();
        assertThat(intake.nothing()).isNull();
        assertThat(reported)
                .extracting(Result::outcome)
                .containsExactly(
                        new Outcome.Broken(ErrorKind.INPUT, "there is no such file"),
                        new Outcome.Broken(ErrorKind.URL, "no scheme"),
                        new Outcome.Broken(ErrorKind.URL, "no scheme"));
    }

    @Test
    void unreadableInputs_alone_areNothingToFetch() {
        var intake = of(List.of(new InputEntry.NoInput("-i", "g", "there is no such file")), true);
        assertThat(reported).isEmpty();
        assertThat(intake.nothing())
                .isEqualTo(new Intake.Nothing(List.of(new InputEntry.NoInput("-i", "g", "there is no such file"))));
    }

    @Test
    void pageThatDidNotCome_isAResult_andANoteIsNone() {
        var place = new SourceLocation("--links", true);
        var intake = of(
                List.of(
                        new InputEntry.Note("a.md: no links"),
                        new InputEntry.NoPage("http://a/", place, new Outcome.Failed(404))),
                true);
        assertThat(intake.nothing()).isNull();
        assertThat(reported).containsExactly(Result.neverBegun("http://a/", List.of(place), new Outcome.Failed(404)));
    }

    @Test
    void manyThatHaveNotBegun_areCountedBySource() {
        var entries = IntStream.rangeClosed(1, 12_000)
                .mapToObj(i -> url("http://a/" + i, "http://a/" + i, SourceLocation.line(i % 3 == 0 ? "f" : "g", i)))
                .toList();
        var intake = of(entries, false);
        var named = new ArrayList<Job>();
        var rests = new ArrayList<Rest>();
        assertThat(intake.close()).as("not all was read").isFalse();
        intake.drain(named::add, rests::add);
        assertThat(named).isEmpty();
        assertThat(rests).containsExactlyInAnyOrder(new Rest("g", 1, 11_999, 8_000), new Rest("f", 3, 12_000, 4_000));
    }

    @Test
    void fewThatHaveNotBegun_areNamed_inTheirOrder() {
        var entries = IntStream.range(0, 100)
                .mapToObj(i -> url(
                        "http://h" + i % 7 + "/" + i, "http://h" + i % 7 + "/" + i, SourceLocation.line("f", i + 1)))
                .toList();
        var intake = of(entries, true);
        var named = new ArrayList<Integer>();
        assertThat(intake.close()).isTrue();
        intake.drain(
                job -> named.add(job.target.index()), rest -> assertThat(rest).isNull());
        assertThat(named).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }
}
