package dev.weft.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jobs that wait as bytes, and which texts there have been. */
class PackedJobsTest {

    private static Job job(int index, String url, SourceLocation location) {
        return new Job(new Target(index, url, URI.create(url.replace("é", "%C3%A9")), List.of(location)));
    }

    private static Job begun(int index) {
        var job = job(index, "http://a/begun/" + index, SourceLocation.argument(index));
        job.begin(Duration.ZERO);
        job.end(new Outcome.Failed(503), Duration.ZERO);
        return job;
    }

    @Test
    void jobs_comeOutAsTheyWentIn_inTheirOrder() {
        var random = new Random(1);
        var line = new PackedJobs(new PackedJobs.Sources());
        var expected = new ArrayDeque<Job>();
        for (var i = 0; i < 20_000; i++) {
            if (random.nextInt(5) < 3) {
                var location = switch (random.nextInt(3)) {
                    case 0 -> SourceLocation.line("list" + random.nextInt(300), random.nextInt(2_000_000));
                    case 1 -> SourceLocation.argument(i);
                    default -> new SourceLocation("--links", true);
                };
                var job = random.nextInt(10) == 0
                        ? begun(i)
                        : job(i, "http://a/" + "x".repeat(random.nextInt(200)) + (i % 7 == 0 ? "é" : ""), location);
                line.addLast(job);
                expected.addLast(job);
            } else if (!expected.isEmpty()) {
                var job = line.removeFirst();
                var like = expected.removeFirst();
                assertThat(job.target).isEqualTo(like.target);
                assertThat(job.last()).isEqualTo(like.last());
            }
            assertThat(line.size()).isEqualTo(expected.size());
        }
        var rest = new ArrayList<Target>();
        line.drain(job -> rest.add(job.target));
        assertThat(rest).isEqualTo(expected.stream().map(job -> job.target).toList());
    }

    @Test
    void jobs_thatAreOnlyCounted_areCountedWhereTheyStand() {
        var line = new PackedJobs(new PackedJobs.Sources());
        line.addLast(job(0, "http://a/0", SourceLocation.line("l", 7)));
        line.addLast(begun(1));
        line.addLast(job(2, "http://a/é", SourceLocation.line("l", 300)));
        var begun = new ArrayList<Integer>();
        var rests = new ArrayList<Rest>();
        line.drain(job -> begun.add(job.target.index()), rests::add);
        assertThat(begun).containsExactly(1);
        assertThat(rests).containsExactly(new Rest("l", 7, 7, 1), new Rest("l", 300, 300, 1));
        assertThat(rests.stream().reduce(Rest::and)).contains(new Rest("l", 7, 300, 2));
        assertThat(line.size()).isZero();
    }

    @Test
    void seen_knowsEachTextAgain_andNoOther() {
        var seen = new Seen();
        for (var i = 0; i < 100_000; i++) {
            assertThat(seen.add("http://a/" + i)).isTrue();
        }
        for (var i = 0; i < 100_000; i++) {
            assertThat(seen.add("http://a/" + i)).isFalse();
        }
        assertThat(seen.add("")).isTrue();
    }
}
