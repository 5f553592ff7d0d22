package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.run.BenchmarkFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of one scene. Closing ends them all, and so does the end of this process. */
final class Fleet implements AutoCloseable {

    private static final String MEMORY = "-Xmx512m";

    private final ClusterPeer peer;
    private final Path folder;
    private final List<String> addresses;
    private final Map<String, MemberProcess> members = new LinkedHashMap<>();
    private final Thread atExit = new Thread(this::endAll);
    private boolean isOver;

    /** @param folder has the certificates, and gets what members say on standard error */
    Fleet(ClusterPeer peer, Path folder, List<String> addresses) {
        this.peer = peer;
        this.folder = folder;
        this.addresses = addresses;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** On the loopback. */
    static Fleet local(ClusterPeer peer, Path folder, int size) {
        var ports = new Ports();
        var addresses = new ArrayList<String>();
        for (var i = 0; i < size; i++) {
            addresses.add(ports.address());
        }
        return new Fleet(peer, folder, addresses);
    }

    /** Starts the next member, at the next address. */
    MemberProcess start(String name) throws BenchmarkFailedException {
        return start(peer, name, List.of());
    }

    /**
     * Starts the next member, at the next address.
     *
     * @param prefix of the command line
     */
    synchronized MemberProcess start(ClusterPeer as, String name, List<String> prefix) throws BenchmarkFailedException {
        if (isOver) {
            throw new BenchmarkFailedException("the run is being broken off");
        }
        var address = addresses.get(members.size());
        var certificates = as.isSecured() ? Optional.of(folder) : Optional.<Path>empty();
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(MEMORY);
        command.add("--enable-preview");
        if (as.kind() == ClusterPeer.Kind.HAZELCAST) {
            command.addAll(HazelcastSide.JVM_OPTIONS);
        }
        command.addAll(moreOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemberMain.class.getName()));
        command.addAll(new Seat(as, name, address, addresses, certificates).arguments());
        try {
            var started = MemberProcess.start(name, command, folder.resolve(as.id() + "-" + name + ".err"));
            members.put(name, started);
            return started;
        } catch (IOException e) {
            throw new BenchmarkFailedException("member " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static List<String> moreOptions() {
        var options = System.getenv("WEFT_MEMBER_OPTS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+"));
    }

    /** The processor time of all, in microseconds. */
    double cpuMicros() throws BenchmarkFailedException {
        var sum = 0.0;
        for (var member : members.values()) {
            sum += member.cpuMicros();
        }
        return sum;
    }

    private synchronized void endAll() {
        isOver = true;
        members.values().forEach(MemberProcess::end);
    }

    @Override
    public void close() {
        try {
            members.values().forEach(MemberProcess::letGo);
            for (var member : members.values()) {
                member.awaitSoon();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endAll();
        for (var member : members.values()) {
            member.awaitEnd();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // it runs
        }
    }
}
