package dev.weft.cli.fetch;

import static dev.weft.Weft.run;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.http.Proxies;
import dev.weft.cli.http.Request;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs in which each host is found at given addresses. */
final class FoundAt {

    private static final AtomicInteger HOSTS = new AtomicInteger();

    private FoundAt() {}

    /** Which address is chosen is known to the whole process: each test has hosts of its own. */
    static String host() {
        return "host" + HOSTS.incrementAndGet() + ".weft-test.invalid";
    }

    /** The results of fetching. */
    static List<Map<String, Object>> fetch(Trust trust, List<String> addresses, String... urls) throws Exception {
        var out = new ByteArrayOutputStream();
        var io = new StandardIo(
                InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), Map.of(), false, false);
        var options = new FetchOptions(
                new Inputs(List.of(urls), List.of(), io.in()),
                new Limits(null, Duration.ofSeconds(60), 100, 6, null, Long.MAX_VALUE, 10),
                new Retries(0, Duration.ZERO, Duration.ZERO),
                new Request("GET", List.of(), false),
                new Transport(Proxies.of("", null, Map.of()), trust, false),
                StatusSet.SUCCESS,
                Verdict.NOT_OK,
                null,
                null,
                new FetchOptions.Shown(Format.NDJSON, ProgressMode.NEVER, null, false));
        var all = addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        run(() -> new FetchRun(options, KeptFiles.NOTHING, io, Stopwatch.start(), host -> all).execute());
        var records = out.toString().lines().map(TinyJson::object).toList();
        return records.subList(0, records.size() - 1);
    }
}
