package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.run.BenchmarkFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** A process that runs {@link MemberMain}, seen from the program that has started it. */
final class MemberProcess {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");

    /** For whatever a member does; what takes longer has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final Process process;
    private final Path errors;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Lines.Said> lines = new ArrayList<>();
    private boolean hasEnded;

    private MemberProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
    }

    static MemberProcess start(String name, List<String> command, Path errors) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        var started = new MemberProcess(name, process, errors);
        Thread.ofPlatform().daemon().name("lines of " + name).start(started::read);
        return started;
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), Lines.CHARSET))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
                    note(Lines.Said.of(line));
                }
            }
        } catch (IOException e) {
            // as its end
        }
        lock.lock();
        try {
            hasEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void note(Lines.Said said) {
        lock.lock();
        try {
            lines.add(said);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says a command. */
    void tell(String command) throws BenchmarkFailedException {
        try {
            var out = process.getOutputStream();
            out.write((command + "\n").getBytes(Lines.CHARSET));
            out.flush();
        } catch (IOException e) {
            throw failed("takes no command: " + e.getMessage());
        }
    }

    /** Says a command, and waits for the figures. */
    List<Double> ask(String command) throws BenchmarkFailedException, InterruptedException {
        tell(command);
        return Lines.figures(await("result ").text().substring("result ".length()));
    }

    /**
     * Waits for a line of such a beginning, and takes it.
     *
     * @throws BenchmarkFailedException if the process ends before, says that a command has failed, or says nothing
     */
    Lines.Said await(String beginning) throws BenchmarkFailedException, InterruptedException {
        var left = PATIENCE.toNanos();
        lock.lock();
        try {
            for (; ; ) {
                for (var line : lines) {
                    if (line.text().startsWith(beginning)) {
                        lines.remove(line);
                        return line;
                    }
                    if (line.text().startsWith("failed ")) {
                        throw failed(line.text());
                    }
                }
                if (hasEnded) {
                    throw failed("has ended" + lastError());
                }
                if (left <= 0) {
                    throw failed("has not said '" + beginning.strip() + "' within " + PATIENCE.toSeconds() + " s"
                            + lastError());
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private BenchmarkFailedException failed(String what) {
        return new BenchmarkFailedException("member " + name + " " + what);
    }

    private String lastError() {
        try {
            var said = Files.readAllLines(errors);
            return said.isEmpty() ? "" : "; the last it said was: " + said.getLast();
        } catch (IOException e) {
            return "";
        }
    }

    /** All processor time that it has had, in microseconds. */
    double cpuMicros() throws BenchmarkFailedException {
        return process.info()
                        .totalCpuDuration()
                        .orElseThrow(() -> failed("has no processor time: the system does not tell it"))
                        .toNanos()
                / 1e3;
    }

    /** How much memory it has now, in megabytes. */
    double residentMegabytes() throws BenchmarkFailedException {
        try {
            var matcher = RESIDENT.matcher(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")));
            if (matcher.find()) {
                return Long.parseLong(matcher.group(1)) * 1024 / 1e6;
            }
        } catch (IOException e) {
            // not a Linux
        }
        throw failed("has no figure of its memory: this needs Linux");
    }

    /** {@code kill -9}. @return when */
    long kill() throws InterruptedException {
        var when = Lines.micros();
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
        return when;
    }

    /** {@code SIGSTOP}. @return when */
    long freeze() throws BenchmarkFailedException, InterruptedException {
        var when = Lines.micros();
        try {
            Commands.run(List.of("kill", "-STOP", String.valueOf(process.pid())));
        } catch (IOException e) {
            throw failed("cannot be stopped: " + e.getMessage());
        }
        return when;
    }

    /** Ends it at once, and does not wait. */
    void end() {
        process.destroyForcibly();
    }

    void awaitEnd() {
        process.onExit().join();
    }

    /** Has it end by itself, if it still does what it is told. */
    void letGo() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended
        }
    }

    /** Waits for that for some seconds. */
    void awaitSoon() throws InterruptedException {
        process.waitFor(6, TimeUnit.SECONDS);
    }
}
