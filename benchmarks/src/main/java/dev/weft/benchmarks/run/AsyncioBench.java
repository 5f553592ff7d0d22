package dev.weft.benchmarks.run;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Measures asyncio, by a script that does the same work. */
final class AsyncioBench implements Bench {

    /** A process that takes longer is ended. */
    private static final long PATIENCE_MINUTES = 10;

    private final Settings settings;
    private final Python python;
    private final Path script;
    private final Path log;

    /** The script's standard error goes to the log. */
    AsyncioBench(Settings settings, Python python, Path script, Path log) {
        this.settings = settings;
        this.python = python;
        this.script = script;
        this.log = log;
    }

    @Override
    public boolean has(Workload workload, Peer peer) {
        return peer == Peer.ASYNCIO;
    }

    @Override
    public Optional<String> unavailable() {
        if (!python.found()) {
            return Optional.of(python.text());
        }
        return Files.isReadable(script) ? Optional.empty() : Optional.of("the script " + script + " cannot be read");
    }

    @Override
    public Map<String, List<Double>> measure(Workload.Case at, Peer peer)
            throws BenchmarkFailedException, InterruptedException {
        var answer = answer(command(at));
        try {
            if (new Gson().fromJson(answer, Answer.class) instanceof Answer(var samples) && samples != null) {
                return samples;
            }
        } catch (JsonSyntaxException e) {
            throw new BenchmarkFailedException("the script answered '" + answer + "'", e);
        }
        throw new BenchmarkFailedException("the script answered '" + answer + "' and no samples");
    }

    private record Answer(@Nullable Map<String, List<Double>> samples) {}

    private List<String> command(Workload.Case at) {
        var command = new ArrayList<>(List.of(
                python.command(),
                script.toString(),
                "--warmups",
                Integer.toString(settings.warmups()),
                "--iterations",
                Integer.toString(settings.iterations()),
                "--seconds",
                Double.toString(settings.iterationMillis() / 1000.0),
                at.workload().id()));
        at.size().ifPresent(size -> command.add(Long.toString(size)));
        return command;
    }

    private String answer(List<String> command) throws BenchmarkFailedException, InterruptedException {
        try {
            var output = Files.createTempFile("weft-asyncio-", ".json");
            try {
                var process = new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
                await(process);
                return Files.readString(output, StandardCharsets.UTF_8).strip();
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new BenchmarkFailedException(python.command() + " could not be run: " + e.getMessage(), e);
        }
    }

    private void await(Process process) throws BenchmarkFailedException, InterruptedException {
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new BenchmarkFailedException("did not end within " + PATIENCE_MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new BenchmarkFailedException(
                        "the script ended with " + process.exitValue() + "; what it said is in " + log.getFileName());
            }
        } finally {
            process.destroyForcibly(); // nothing to one that has ended
        }
    }
}
