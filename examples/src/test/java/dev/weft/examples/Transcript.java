package dev.weft.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What CPython printed for an original program.
 *
 * @param name as in {@code 04-create-task-scheduling-tasks}
 */
record Transcript(String name, List<String> lines) {

    /** All transcripts, by number. */
    static List<Transcript> all() {
        try (var files =
                Files.list(Path.of(Transcript.class.getResource("/transcripts").toURI()))) {
            return files.sorted().map(Transcript::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Transcript read(Path file) {
        try {
            return new Transcript(file.getFileName().toString().replaceFirst("\\.out$", ""), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int number() {
        return Integer.parseInt(name.substring(0, 2));
    }

    /** The simple name of the Java program's class, as in {@code P04CreateTaskSchedulingTasks}. */
    String className() {
        return Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase() + word.substring(1))
                .collect(Collectors.joining("", "P", ""));
    }

    @Override
    public String toString() {
        return name;
    }
}
