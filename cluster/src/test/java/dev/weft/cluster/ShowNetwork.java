package dev.weft.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Network namespaces on one bridge, on Linux, by root. Closing removes them. */
final class ShowNetwork implements AutoCloseable {

    private static final String NAME = "weft" + ProcessHandle.current().pid() % 10_000;
    private static final String NET = "10.231.77.";

    private final int count;

    ShowNetwork(int count) throws IOException, InterruptedException {
        this.count = count;
        try {
            ip("link add " + NAME + " type bridge");
            ip("link set " + NAME + " up");
            for (var i = 0; i < count; i++) {
                ip("netns add " + space(i));
                ip("link add " + veth(i) + " type veth peer name eth0 netns " + space(i));
                ip("link set " + veth(i) + " master " + NAME);
                ip("link set " + veth(i) + " up");
                ip("-n " + space(i) + " addr add " + NET + (i + 1) + "/24 dev eth0");
                ip("-n " + space(i) + " link set eth0 up");
                ip("-n " + space(i) + " link set lo up");
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Why there are none here, or null. */
    static @Nullable String missing() throws InterruptedException {
        try {
            ip("link add " + NAME + " type bridge");
            ip("link del " + NAME);
            return null;
        } catch (IOException e) {
            return "needs Linux, root and the command ip ("
                    + e.getMessage().lines().findFirst().orElse("") + ")";
        }
    }

    private static String space(int number) {
        return NAME + "n" + number;
    }

    private static String veth(int number) {
        return NAME + "v" + number;
    }

    List<String> addresses() {
        return IntStream.rangeClosed(1, count).mapToObj(i -> NET + i + ":7800").toList();
    }

    /** What a command line begins with. */
    String[] in(int number) {
        return new String[] {"ip", "netns", "exec", space(number)};
    }

    void link(int number, String state) throws IOException, InterruptedException {
        ip("link set " + veth(number) + " " + state);
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        ShowProcesses.command(command.toArray(new String[0]));
    }

    @Override
    public void close() throws InterruptedException {
        for (var i = 0; i < count; i++) {
            remove("netns del " + space(i));
        }
        remove("link del " + NAME);
    }

    private static void remove(String arguments) throws InterruptedException {
        try {
            ip(arguments);
        } catch (IOException e) {
            // it was not made
        }
    }
}
