package dev.weft.cli.fetch;

import static dev.weft.Weft.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.demo.ServedDemo;
import dev.weft.cli.http.Proxies;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Resolver;
import dev.weft.cli.http.Transport;
import dev.weft.cli.http.Trust;
import dev.weft.cli.input.Inputs;
import dev.weft.cli.keep.KeptFiles;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.report.Format;
import dev.weft.cli.report.ProgressMode;
import dev.weft.diagnostics.TinyJson;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looking up hosts, with a lookup that the test holds in its hands. */
class LookupTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int fetch(Resolver.Lookup lookup, Duration timeout, @Nullable Duration deadline, List<String> urls)
            throws Exception {
        return fetch(lookup, timeout, deadline, urls, new Retries(0, Duration.ZERO, Duration.ZERO));
    }

    private int fetch(
            Resolver.Lookup lookup, Duration timeout, @Nullable Duration deadline, List<String> urls, Retries retries)
            throws Exception {
        var io = new StandardIo(
                InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), Map.of(), false, false);
        var options = new FetchOptions(
                new Inputs(urls, List.of(), io.in()),
                new Limits(deadline, timeout, 100, 6, null, Long.MAX_VALUE, 10),
                retries,
                new Request("GET", List.of(), false),
                new Transport(Proxies.of("", null, Map.of()), new Trust.Usual(), false),
                StatusSet.SUCCESS,
                Verdict.NOT_OK,
                null,
                null,
                new FetchOptions.Shown(Format.NDJSON, ProgressMode.NEVER, null, false));
        return run(() -> new FetchRun(options, KeptFiles.NOTHING, io, Stopwatch.start(), lookup).execute());
    }

    private List<Map<String, Object>> results() {
        var records = out.toString().lines().map(TinyJson::object).toList();
        return records.subList(0, records.size() - 1);
    }

    /** Does not mind being interrupted, as the real one does not. */
    private static void hang(CountDownLatch until) {
        while (until.getCount() > 0) {
            try {
                until.await();
            } catch (InterruptedException e) {
                // goes on
            }
        }
    }

    @Test
    void unknownHost_isAnErrorOfItsOwnKind() throws Exception {
        var exit = fetch(
                host -> {
                    throw new UnknownHostException(host + ": Name or service not known");
                },
                Duration.ofSeconds(20),
                null,
                List.of("http://nowhere.invalid/"));
        assertThat(results())
                .singleElement()
                .satisfies(result -> assertThat(result)
                        .containsEntry("outcome", "error")
                        .containsEntry("kind", "dns")
                        .containsEntry("message", "there is no host nowhere.invalid: is it spelled right?"));
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void hangingLookup_holdsUpNeitherTheDeadlineNorTheEnd() throws Exception {
        var release = new CountDownLatch(1);
        try {
            var exit = fetch(
                    host -> {
                        hang(release);
                        return new InetAddress[0];
                    },
                    Duration.ofSeconds(20),
                    Duration.ofMillis(300),
                    List.of("http://a.invalid/", "http://b.invalid/"));
            assertThat(exit).isEqualTo(124);
            assertThat(results())
                    .hasSize(2)
                    .allSatisfy(result ->
                            assertThat(result).containsEntry("outcome", "cut").containsEntry("phase", "lookup"));
        } finally {
            release.countDown();
        }
    }

    @Test
    void hangingLookup_isATimeoutOfItsUrls_andOthersGoOn() throws Exception {
        var release = new CountDownLatch(1);
        try (var demo = new ServedDemo()) {
            fetch(
                    host -> {
                        hang(release);
                        return new InetAddress[0];
                    },
                    Duration.ofSeconds(1),
                    null,
                    List.of("http://a.invalid/", demo.url("/a")));
            assertThat(results())
                    .extracting(result -> result.get("outcome"))
                    .containsExactlyInAnyOrder("timeout", "ok");
        } finally {
            release.countDown();
        }
    }

    @Test
    void hostThatWasNotFound_isLookedUpAgain_forAFurtherTry() throws Exception {
        var lookups = new AtomicInteger();
        try (var demo = new ServedDemo()) {
            var port = URI.create(demo.url("/")).getPort();
            var exit = fetch(
                    host -> {
                        if (lookups.incrementAndGet() < 3) {
                            throw new UnknownHostException(host + ": Temporary failure in name resolution");
                        }
                        return new InetAddress[] {InetAddress.getLoopbackAddress()};
                    },
                    Duration.ofSeconds(20),
                    null,
                    List.of(
                            "http://found-at-last.invalid:" + port + "/a",
                            "http://found-at-last.invalid:" + port + "/b"),
                    new Retries(9, Duration.ofMillis(1), Duration.ofSeconds(1)));
            assertThat(results())
                    .hasSize(2)
                    .allSatisfy(result -> assertThat(result).containsEntry("outcome", "ok"));
            assertThat(exit).isZero();
            assertThat(lookups).hasValue(3);
        }
    }

    @Test
    void host_isLookedUpOnce_andFewAtOnce() throws Exception {
        var lookups = new AtomicInteger();
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(16);
        var urls = IntStream.range(0, 120)
                .mapToObj(i -> "http://host" + i % 60 + ".invalid/" + i)
                .toList();
        fetch(
                host -> {
                    lookups.incrementAndGet();
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    full.countDown();
                    // the first sixteen meet here, and a seventeenth would have the time to come
                    hang(full);
                    Thread.yield();
                    atOnce.decrementAndGet();
                    throw new UnknownHostException(host);
                },
                Duration.ofSeconds(60),
                null,
                urls);
        assertThat(results())
                .hasSize(120)
                .allSatisfy(result -> assertThat(result).containsEntry("kind", "dns"));
        assertThat(lookups).hasValue(60);
        assertThat(most).hasValue(16);
    }
}
