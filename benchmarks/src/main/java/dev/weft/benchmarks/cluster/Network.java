package dev.weft.benchmarks.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Network namespaces on one bridge, on Linux, by root. Closing removes them. */
final class Network implements AutoCloseable {

    private static final String NAME = "weftb" + ProcessHandle.current().pid() % 10_000;
    private static final String NET = "10.231.78.";

    private final int count;
    private final Thread atExit = new Thread(this::remove);

    Network(int count) throws IOException, InterruptedException {
        this.count = count;
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            ip("link add " + NAME + " type bridge");
            ip("link set " + NAME + " up");
            for (var i = 0; i < count; i++) {
                ip("netns add " + space(i));
                ip("link add " + end(i) + " type veth peer name eth0 netns " + space(i));
                ip("link set " + end(i) + " master " + NAME);
                ip("link set " + end(i) + " up");
                ip("-n " + space(i) + " addr add " + NET + (i + 1) + "/24 dev eth0");
                ip("-n " + space(i) + " link set eth0 up");
                ip("-n " + space(i) + " link set lo up");
            }
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** The reason why there can be none here; empty, if there can. */
    static Optional<String> hindrance() throws InterruptedException {
        try {
            ip("link add " + NAME + " type bridge");
            ip("link del " + NAME);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("network namespaces need Linux, root and the command ip (" + e.getMessage() + ")");
        }
    }

    private static String space(int number) {
        return NAME + "n" + number;
    }

    private static String end(int number) {
        return NAME + "v" + number;
    }

    List<String> addresses() {
        return IntStream.rangeClosed(1, count).mapToObj(i -> NET + i + ":7800").toList();
    }

    /** The beginning of a command line there. */
    static List<String> in(int number) {
        return List.of("ip", "netns", "exec", space(number));
    }

    /** Takes the link of one up or down. */
    void link(int number, boolean isUp) throws IOException, InterruptedException {
        ip("link set " + end(number) + (isUp ? " up" : " down"));
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Commands.run(command);
    }

    private void remove() {
        for (var i = 0; i < count; i++) {
            tryTo("netns del " + space(i));
        }
        tryTo("link del " + NAME);
    }

    private static void tryTo(String arguments) {
        try {
            ip(arguments);
        } catch (IOException e) {
            // it was not made
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the hook does it
        }
        remove();
    }
}
