package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static dev.weft.cli.Ran.weft;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.demo.ServedDemo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weft fetch --workers}, with workers in this process. */
@Timeout(240)
class ClusterFetchTest {

    @TempDir
    Path folder;

    private ServedDemo demo;

    @BeforeEach
    void open() throws IOException {
        demo = new ServedDemo();
    }

    @AfterEach
    void close() throws InterruptedException {
        demo.close();
    }

    private static Ran fetchBy(String workers, String... more) {
        return fetch(Stream.concat(
                        Stream.of("--workers", workers, "--cluster", "test", "--no-tls", "--per-host", "1000"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private String list(int count, String query) throws IOException {
        return Files.write(
                        folder.resolve("urls.txt"),
                        IntStream.range(0, count)
                                .mapToObj(i -> demo.url("/page/" + i + query))
                                .toList())
                .toString();
    }

    /** Each URL once, and the sum of the outcomes is their number. */
    static void isExact(Ran ran, int count) {
        var urls = ran.results().stream().map(result -> result.get("url")).toList();
        assertThat(urls).hasSize(count);
        assertThat(new HashSet<>(urls)).hasSize(count);
        var summary = ran.summary();
        assertThat(summary).containsEntry("total", (long) count);
        var sum = Stream.of("ok", "failed", "error", "timeout", "cut", "unstarted")
                .mapToLong(outcome -> (Long) summary.get(outcome))
                .sum();
        assertThat(sum).isEqualTo(count);
    }

    private static List<Object> members(Ran ran) {
        return ran.results().stream()
                .map(result -> result.get("member"))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    @Test
    void membersFetch_andTheReportAndTheJournalAreHere() throws Exception {
        var first = RunningWorker.address();
        var second = RunningWorker.address();
        var both = first + "," + second;
        var bodies = folder.resolve("bodies");
        var journal = folder.resolve("log").toString();
        try (var _ = new RunningWorker(first, both, "--concurrency", "5", "-o", bodies.toString());
                var _ = new RunningWorker(second, both, "--concurrency", "5", "-o", bodies.toString())) {
            var slow = demo.url("/slow?delay=60000ms");
            var missing = demo.url("/missing?status=404");
            var broken = demo.url("/broken?break=head");
            var list = list(40, "?delay=30ms&size=1234");
            var ran = fetchBy(both, "-i", list, "--resume", journal, "--timeout", "3s", slow, missing, broken);
            assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
            isExact(ran, 43);
            assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 40L, "failed", 1L, "error", 1L, "timeout", 1L));
            assertThat(members(ran)).containsExactlyInAnyOrder(first, second);
            assertThat(ran.result(slow)).containsEntry("phase", "answer").containsEntry("limit_ms", 3_000L);
            assertThat(ran.result(missing)).containsEntry("status", 404L);
            assertThat(ran.result(broken)).containsEntry("kind", "io");
            assertThat(ran.summary()).doesNotContainKey("repeated");
            assertThat(ran.err()).contains("2 members: ").contains("up to 10 URLs at once");
            var ok = ran.result(demo.url("/page/7?delay=30ms&size=1234"));
            assertThat(ok).containsEntry("bytes", 1_234L);
            assertThat(Path.of((String) ok.get("file"))).startsWith(bodies).hasSize(1_234);

            var asked = demo.statistics().requests();
            var again = fetchBy(both, "-i", list, "--resume", journal);
            assertThat(again.exitCode()).as(again.err()).isZero();
            isExact(again, 40);
            assertThat(again.results()).allSatisfy(result -> assertThat(result).containsEntry("resumed", true));
            assertThat(demo.statistics().requests()).isEqualTo(asked);
        }
    }

    @Test
    void memberThatLeaves_losesNothing_andTheRestIsFetchedElsewhere() throws Exception {
        var first = RunningWorker.address();
        var second = RunningWorker.address();
        var both = first + "," + second;
        try (var stays = new RunningWorker(first, both, "--concurrency", "10");
                var leaves = new RunningWorker(second, both, "--concurrency", "10", "--grace", "50ms")) {
            var list = list(60, "?delay=700ms");
            var ran = new AtomicReference<Ran>();
            var fetching = Thread.ofPlatform().start(() -> ran.set(fetchBy(both, "-i", list)));
            demo.awaitRequests(20);
            assertThat(leaves.stop()).isEqualTo(130);
            fetching.join();
            isExact(ran.get(), 60);
            assertThat(ran.get().exitCode()).as(ran.get().out()).isZero();
            assertThat(leaves.said()).contains("under way").contains("has left");
            var repeated = (Long) ran.get().summary().getOrDefault("repeated", 0L);
            assertThat((long) demo.statistics().requests() - 60).isBetween(0L, repeated);
            assertThat(ran.get().err()).contains(second + " has gone");
            assertThat(stays.said()).doesNotContain("has left");
        }
    }

    @Test
    void ctrlC_reportsAll_andMembersAreIdle() throws Exception {
        var address = RunningWorker.address();
        try (var worker = new RunningWorker(address, address, "--concurrency", "10")) {
            var list = list(50, "?delay=60000ms");
            var ran = new AtomicReference<Ran>();
            var fetching = Thread.ofPlatform().start(() -> ran.set(fetchBy(address, "-i", list)));
            demo.awaitRequests(10);
            fetching.interrupt();
            fetching.join();
            assertThat(ran.get().exitCode()).isEqualTo(130);
            isExact(ran.get(), 50);
            assertThat(ran.get().outcomes()).isEqualTo(Map.of("cut", 10L, "unstarted", 40L));
            assertThat(ran.get().results().getFirst()).containsEntry("phase", "member");
            assertThat(worker.stop()).isEqualTo(130);
            assertThat(worker.said()).as("nothing was under way").doesNotContain("under way");
        }
    }

    @Test
    void withoutAnyMember_theMessageSaysWhatToLookAt() throws Exception {
        var address = RunningWorker.address();
        var ran = fetchBy(address, "--deadline", "500ms", demo.url("/a"));
        assertThat(ran.exitCode()).isEqualTo(69);
        assertThat(ran.err()).contains(address, "'test'", "weft worker", "same authority");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --output x              | --output does not go with --workers: bodies stay with the members
        --cookies               | --cookies does not go with --workers
        --data x                | --data does not go with --workers
        -v                      | --verbose does not go with --workers
        -k                      | --insecure does not go with --workers: members reach servers by themselves
        --proxy http://p:1      | --proxy does not go with --workers
        --tls x                 | --tls and --no-tls: leave one of them out
        --bind 0.0.0.0:7800     | stands for all addresses
        --cluster ''            | --cluster
        """)
    void whatMembersCannotKeep_isRefused(String options, String message) {
        var words = new ArrayList<>(List.of("fetch", "--workers", "127.0.0.1:7800", "--no-tls", "http://127.0.0.1/"));
        for (var word : options.split(" ")) {
            words.add(word.equals("''") ? "" : word);
        }
        var ran = weft(words.toArray(String[]::new));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains(message);
    }

    @Test
    void optionsOfMembers_needWorkers() {
        var ran = weft("fetch", "--tls", "x", "http://127.0.0.1/");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("give that too");
    }

    @Test
    void stranger_isToldOf_andNothingIsSaidByJGroups() throws Exception {
        var at = RunningWorker.address();
        try (var worker = new RunningWorker(at, at)) {
            var port = Integer.parseInt(at.substring(at.indexOf(':') + 1));
            try (var stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
                worker.awaitSaid("weft worker: refused /127.0.0.1:" + stranger.getLocalPort());
            }
            // JGroups names loggers after its classes and those that extend them
            assertThat(List.of("org.jgroups.JChannel", "dev.weft.cluster.internal.jgroups.FramedTcp"))
                    .allSatisfy(name -> assertThat(Logger.getLogger(name).isLoggable(Level.SEVERE))
                            .as(name)
                            .isFalse());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --join 127.0.0.1:1 --no-tls                              | 2  | --bind HOST:PORT is missing
        --bind 127.0.0.1:1 --no-tls                              | 2  | --join HOST:PORT,... is missing
        --bind 127.0.0.1:1 --join , --no-tls                     | 2  | --join names no member
        --bind 127.0.0.1:1 --join dns:a,127.0.0.1:1 --no-tls     | 2  | one dns:NAME alone
        --bind 127.0.0.1:1 --join 127.0.0.1:1                    | 2  | members need certificates
        --bind 127.0.0.1:1 --join 127.0.0.1:1 --tls missing      | 2  | there is no ca.pem; it takes ca.pem, cert.pem and key.pem, which 'weft certificates DIR' makes
        --bind 0.0.0.0:7800 --join 127.0.0.1:1 --no-tls          | 2  | stands for all addresses
        --bind 127.0.0.1 --join 127.0.0.1:1 --no-tls             | 2  | not a port in '127.0.0.1'
        --bind 127.0.0.1:0 --join 127.0.0.1:1 --no-tls           | 2  | a worker has a port that others name
        --bind 192.0.2.250:7800 --join 127.0.0.1:1 --no-tls      | 2  | --no-tls is for loopback addresses
        --bind USED --join 127.0.0.1:1 --no-tls                  | 69 | the port is in use
        """)
    void worker_thatCannotJoin_saysWhy(String options, int code, String message) throws Exception {
        var used = demo.origin(0).getAuthority();
        var ran = weft(("worker " + options.replace("USED", used)).split(" "));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(code);
        assertThat(ran.err()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker --join ,", "fetch http://127.0.0.1:1/ --workers ,"})
    void severalMistakes_haveALineEach(String command) {
        var ran = weft((command + " --cluster=").split(" "));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines())
                .anySatisfy(line -> assertThat(line).contains(" names no member: "))
                .anySatisfy(line -> assertThat(line).startsWith("--cluster has a name"))
                .anySatisfy(line -> assertThat(line).startsWith("members need certificates: "));
    }
}
