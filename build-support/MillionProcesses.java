import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes of {@link ClusterMillion}, and the network namespace of one of them. */
final class MillionProcesses {

    static final Path FOLDER = Path.of("target", "cluster-million");

    static final String NET = "10.231.78.";

    static final String SPACE = "weftm" + ProcessHandle.current().pid() % 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<String> weft;
    private final boolean hasSpace;
    private final Map<String, Process> processes = new ConcurrentHashMap<>();

    /** {@code weft} is what the command line of each begins with. */
    MillionProcesses(List<String> weft) throws InterruptedException {
        this.weft = weft;
        this.hasSpace = makeSpace();
    }

    boolean hasSpace() {
        return hasSpace;
    }

    /** The report is read; what else is printed goes to files. */
    Process start(String name, String space, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (hasSpace && !space.isEmpty()) {
            command.addAll(List.of("ip", "netns", "exec", space));
        }
        command.addAll(weft);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectError(FOLDER.resolve(name + ".err").toFile());
        if (!name.equals("fetch")) {
            builder.redirectOutput(FOLDER.resolve(name + ".out").toFile());
        }
        var process = builder.start();
        processes.put(name, process);
        return process;
    }

    void finish(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(
                    "it does not end: " + process.info().commandLine().orElse("a process"));
        }
    }

    void end(String name) throws IOException, InterruptedException {
        var process = processes.get(name);
        process.destroy();
        finish(process);
    }

    void awaitText(String file, String text) throws IOException, InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(FOLDER.resolve(file)).contains(text)) {
            if (System.nanoTime() > until) {
                throw new IOException(FOLDER.resolve(file) + " has no '" + text + "' yet");
            }
            Thread.sleep(50);
        }
    }

    static int freePort(String host) throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return free.getLocalPort();
        }
    }

    private static boolean makeSpace() throws InterruptedException {
        try {
            command("ip netns add " + SPACE);
            command("ip link add " + SPACE + " type veth peer name eth0 netns " + SPACE);
            command("ip addr add " + NET + "1/24 dev " + SPACE);
            command("ip link set " + SPACE + " up");
            command("ip -n " + SPACE + " addr add " + NET + "2/24 dev eth0");
            command("ip -n " + SPACE + " link set eth0 up");
            command("ip -n " + SPACE + " link set lo up");
            return true;
        } catch (IOException e) {
            ClusterMillion.say(
                    "no network namespace, which needs Linux, root and the command ip; the third worker is stopped by"
                            + " SIGSTOP instead");
            removeSpace();
            return false;
        }
    }

    private static void removeSpace() throws InterruptedException {
        try {
            command("ip netns del " + SPACE);
        } catch (IOException e) {
            // it was not made
        }
    }

    void endAll() {
        try {
            for (var process : processes.values()) {
                process.destroyForcibly();
                process.waitFor();
            }
            if (hasSpace) {
                removeSpace();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String command(String line) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(line.split(" ")).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(line + ": " + said);
        }
        return said;
    }
}
