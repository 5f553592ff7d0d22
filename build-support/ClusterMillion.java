import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fetches many URLs on three workers, does to the workers what machines and networks do, and compares the report with
 * what the servers saw. {@code build-support/cluster-million} runs it:
 *
 * <pre>{@code java build-support/ClusterMillion.java JAVA-HOME WEFT-JAR URLS}</pre>
 *
 * <p>The demo server listens on the loopback address alone, which each network namespace has for itself. So the third
 * worker's namespace has a demo server of its own at the same port, and the hits of both are added up.
 */
final class ClusterMillion {

    private static final Duration CUT = Duration.ofSeconds(30);

    private static final int CONCURRENCY = 100;

    /** Of all pages together; delays below 100 ms are left out. */
    private static final int DELAYS_MILLIS = 27_000_000;

    /** One page in so many is missing. */
    private static final int MISSING = 50;

    private static final long MAX_MEMORY_MB = 512;

    private static final Path FOLDER = MillionProcesses.FOLDER;

    private static final Pattern HITS = Pattern.compile("saw (\\d+) requests?");

    private final MillionProcesses processes;
    private final int urls;
    private final List<String> rows = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> members = new TreeMap<>();
    private String summary = "none";
    private int lines;
    private volatile long peakKb;
    private boolean isAllRight = true;

    private ClusterMillion(List<String> weft, int urls) throws InterruptedException {
        this.urls = urls;
        this.processes = new MillionProcesses(weft);
    }

    public static void main(String[] args) throws Exception {
        // the launcher's options: ./weft runs with the same
        List<String> weft = List.of(
                args[0] + "/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar", args[1]);
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        ClusterMillion million = new ClusterMillion(weft, Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(million.processes::endAll));
        million.run();
        System.exit(million.isAllRight ? 0 : 1);
    }

    // ---- what is done

    private void run() throws IOException, InterruptedException {
        var port = MillionProcesses.freePort("127.0.0.1");
        var list = list(port);
        processes.finish(processes.start(
                "certificates", "", "certificates", FOLDER.resolve("tls").toString()));
        var servers = new ArrayList<String>();
        for (var space : processes.hasSpace() ? List.of("", MillionProcesses.SPACE) : List.of("")) {
            var name = "server" + space;
            servers.add(name);
            processes.start(name, space, "demo-server", "--urls", "1", "--port", String.valueOf(port));
            processes.awaitText(name + ".out", "http");
        }
        var host = processes.hasSpace() ? MillionProcesses.NET + "1" : "127.0.0.1";
        var at = new ArrayList<String>();
        for (var i = 0; i < 3; i++) {
            at.add(
                    processes.hasSpace() && i == 2
                            ? MillionProcesses.NET + "2:7800"
                            : host + ":" + MillionProcesses.freePort(host));
        }
        var next = host + ":" + MillionProcesses.freePort(host);
        var workers = new ArrayList<Process>();
        for (var i = 0; i < 3; i++) {
            workers.add(worker(at.get(i), at, i == 2 ? MillionProcesses.SPACE : ""));
        }
        for (var worker : at) {
            processes.awaitText(worker + ".err", "a member of");
        }
        var began = System.nanoTime();
        var fetch = processes.start(
                "fetch",
                "",
                ("fetch --format ndjson --fail-on error,timeout,cut,unstarted --per-host 10000 --bind " + host + ":"
                                + MillionProcesses.freePort(host) + " -i " + list + " --workers " + String.join(",", at)
                                + " --tls "
                                + FOLDER.resolve("tls"))
                        .split(" "));
        var memory = Thread.ofPlatform().daemon().start(() -> watchMemory(fetch));
        var cut = new Cut(workers.get(2), at.get(2));
        try (var report = fetch.inputReader(UTF_8)) {
            for (var line = report.readLine(); line != null; line = report.readLine()) {
                take(line, cut);
                if (lines == urls / 5) {
                    say("kill -9 of " + at.get(0));
                    workers.get(0).destroyForcibly();
                } else if (lines == urls / 5 * 2) {
                    say("SIGTERM to " + at.get(1) + ", and a new worker at " + next);
                    workers.get(1).destroy();
                    workers.add(worker(next, at, ""));
                } else if (lines == urls / 5 * 3) {
                    cut.thread.start();
                }
            }
        }
        var code = fetch.waitFor();
        var seconds = (System.nanoTime() - began) / 1e9;
        memory.join();
        cut.thread.join();
        for (var worker : workers) {
            worker.destroy();
            processes.finish(worker);
        }
        var hits = 0L;
        for (var server : servers) {
            processes.end(server);
            hits += hits(server);
        }
        tell(new Came(code, hits, at, next, workers, cut));
        print(seconds);
    }

    private record Came(int code, long hits, List<String> at, String next, List<Process> workers, Cut cut) {}

    private void tell(Came came) throws IOException {
        var said = Files.readString(FOLDER.resolve("fetch.err"));
        var distinct = seen.cardinality();
        row(
                "URLs in the report",
                count(urls) + ", none twice",
                count(distinct) + ", " + (lines - distinct) + " lines more",
                distinct == urls && lines == urls);
        var sums = new TreeMap<String, Integer>();
        for (var outcome : List.of("ok", "failed", "error", "timeout", "cut", "unstarted")) {
            var number = number(summary, outcome);
            if (number != 0) {
                sums.put(outcome, (int) number);
            }
        }
        row("outcomes in the report", "as in its summary: " + sums, outcomes.toString(), outcomes.equals(sums));
        row("`total` of the summary", count(urls), count(number(summary, "total")), number(summary, "total") == urls);
        row(
                "exit code of the fetch",
                "0; 1 if there are errors",
                String.valueOf(came.code),
                came.code == (outcomes.keySet().stream().allMatch(List.of("ok", "failed")::contains) ? 0 : 1));
        var repeated = Math.max(0, number(summary, "repeated"));
        row(
                "hits of the server - URLs",
                "at most `repeated`: " + repeated,
                String.valueOf(came.hits - urls),
                came.hits - urls <= repeated);
        for (var i = 0; i < 2; i++) {
            var exit = came.workers.get(i).exitValue();
            var isGone = said.contains(came.at.get(i) + " has gone");
            row(
                    i == 0 ? "worker killed by kill -9" : "worker told to end by SIGTERM",
                    "has gone, exit code " + (i == 0 ? 137 : 143),
                    (isGone ? "has gone" : "nobody noticed") + ", exit code " + exit,
                    isGone && exit == (i == 0 ? 137 : 143));
        }
        var byNext = members.getOrDefault(came.next, 0);
        row("new worker in its place", "fetches", count(byNext) + " URLs", byNext > 0);
        row(
                "third worker cut off for " + CUT.toSeconds() + " s, by "
                        + (processes.hasSpace() ? "its link" : "SIGSTOP"),
                "has gone, fetches again",
                (said.contains(came.at.get(2) + " has gone") ? "has gone, " : "nobody noticed, ")
                        + count(came.cut.after) + " URLs afterwards",
                said.contains(came.at.get(2) + " has gone") && came.cut.after > 0);
        row(
                "peak memory of the conductor",
                "less than " + MAX_MEMORY_MB + " MB",
                peakKb / 1024 + " MB",
                peakKb > 0 && peakKb / 1024 < MAX_MEMORY_MB);
    }

    /** The link of the third worker, or its process, stands still for a while. */
    private final class Cut {
        private final Process worker;
        private final String at;
        private final Thread thread = Thread.ofPlatform().unstarted(this::run);
        private volatile boolean isOver;
        private int after;

        Cut(Process worker, String at) {
            this.worker = worker;
            this.at = at;
        }

        private void run() {
            try {
                say(at + " is cut off");
                set(true);
                Thread.sleep(CUT);
                set(false);
                isOver = true;
                say(at + " is connected again");
            } catch (IOException | InterruptedException e) {
                say("the cut failed: " + e);
            }
        }

        private void set(boolean isCut) throws IOException, InterruptedException {
            MillionProcesses.command(
                    processes.hasSpace()
                            ? "ip -n " + MillionProcesses.SPACE + " link set eth0 " + (isCut ? "down" : "up")
                            : "kill -" + (isCut ? "STOP" : "CONT") + " " + worker.pid());
        }
    }

    // ---- what comes

    private void take(String line, Cut cut) {
        if (!line.startsWith("{\"type\":\"result\"")) {
            summary = line;
            return;
        }
        lines++;
        var page = line.indexOf("/page/") + 6;
        seen.set(Integer.parseInt(line, page, line.indexOf('?', page), 10));
        outcomes.merge(text(line, "outcome"), 1, Integer::sum);
        var member = text(line, "member");
        members.merge(member, 1, Integer::sum);
        if (cut.isOver && member.equals(cut.at)) {
            cut.after++;
        }
        if (lines % (urls / 10) == 0) {
            say(count(lines) + " URLs");
        }
    }

    private static String text(String line, String field) {
        var from = line.indexOf("\"" + field + "\":\"") + field.length() + 4;
        return from < field.length() + 4 ? "none" : line.substring(from, line.indexOf('"', from));
    }

    private static long number(String line, String field) {
        var found = Pattern.compile("\"" + field + "\":(\\d+)").matcher(line);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    private static long hits(String server) throws IOException {
        var said = Files.readString(FOLDER.resolve(server + ".err"));
        var found = HITS.matcher(said);
        if (!found.find()) {
            throw new IOException("the demo server has not told what it saw: " + said);
        }
        return Long.parseLong(found.group(1));
    }

    /** Linux keeps the peak; elsewhere it is the highest of some samples. */
    private void watchMemory(Process process) {
        var status = Path.of("/proc/" + process.pid() + "/status");
        try {
            while (process.isAlive()) {
                peakKb = Math.max(peakKb, Files.exists(status) ? peakKb(status) : residentKb(process));
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            // it has ended
        }
    }

    private static long peakKb(Path status) throws IOException {
        for (var line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    private static long residentKb(Process process) throws IOException, InterruptedException {
        return Long.parseLong(
                "0" + MillionProcesses.command("ps -o rss= -p " + process.pid()).strip());
    }

    // ---- processes

    private Path list(int port) throws IOException {
        var delay = DELAYS_MILLIS / urls;
        var list = FOLDER.resolve("urls.txt");
        try (var out = Files.newBufferedWriter(list)) {
            for (var i = 0; i < urls; i++) {
                out.append("http://127.0.0.1:" + port + "/page/" + i + "?size=200"
                        + (delay < 100 ? "" : "&delay=" + delay + "ms") + (i % MISSING == 0 ? "&status=404" : "")
                        + "\n");
            }
        }
        return list;
    }

    private Process worker(String bind, List<String> at, String space) throws IOException {
        return processes.start(
                bind,
                space,
                ("worker --bind " + bind + " --join " + String.join(",", at) + " --concurrency " + CONCURRENCY
                                + " --tls " + FOLDER.resolve("tls"))
                        .split(" "));
    }

    // ---- what is told

    static void say(String line) {
        System.err.println("cluster-million: " + line);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void row(String what, String expected, String came, boolean isRight) {
        rows.add("| " + what + " | " + expected + " | " + came + (isRight ? "" : ", **not as expected**") + " |");
        isAllRight &= isRight;
    }

    private void print(double seconds) {
        System.out.printf(
                Locale.ROOT,
                "%,d URLs in %.0f s, %,.0f in a second; %d processors, load %.1f; %s%n%n",
                urls,
                seconds,
                urls / seconds,
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                new TreeMap<>(members));
        System.out.println("| what | expected | came |\n| --- | --- | --- |");
        rows.forEach(System.out::println);
    }
}
