package dev.weft.cli.http;

import static dev.weft.sync.Attempts.hedge;

import dev.weft.Body;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of a host's addresses is used: the first that takes a connection, where each next one is tried when the one
 * before has refused, or has not answered for a quarter of a second; RFC 8305. Immutable.
 */
final class Choice {

    /** As RFC 8305, section 8, recommends. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** More are not tried: a host may name thousands. */
    private static final int MAX = 8;

    private final String host;
    private final List<InetAddress> addresses;

    Choice(String host, InetAddress[] addresses) {
        this.host = host;
        this.addresses = alternating(List.of(addresses));
    }

    boolean isOne() {
        return addresses.size() == 1;
    }

    /** The two kinds of addresses in turn, the first one's kind first. */
    static List<InetAddress> alternating(List<InetAddress> addresses) {
        var isSix = addresses.getFirst() instanceof Inet6Address;
        var first = addresses.stream()
                .distinct()
                .filter(address -> address instanceof Inet6Address == isSix)
                .toList();
        var second = addresses.stream()
                .distinct()
                .filter(address -> address instanceof Inet6Address != isSix)
                .toList();
        var all = new ArrayList<InetAddress>();
        for (var i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                all.add(first.get(i));
            }
            if (i < second.size()) {
                all.add(second.get(i));
            }
        }
        return List.copyOf(all.subList(0, Math.min(MAX, all.size())));
    }

    /**
     * Chooses.
     *
     * <p><b>Blocking:</b> until one answers, all have failed, or the limit has passed. <b>Cancellation:</b> a
     * cancellation point.
     *
     * @return whether one answers; if none does, the first stays, and the client says what is wrong with it
     */
    boolean make(int port, Duration limit) throws InterruptedException {
        var bodies = new ArrayList<Body<InetAddress, IOException>>();
        for (var address : addresses) {
            bodies.add(() -> connect(address, port, limit));
        }
        try {
            Addresses.choose(host, first(bodies));
            return true;
        } catch (IOException e) {
            Addresses.choose(host, addresses.getFirst());
            return false;
        }
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static InetAddress first(List<Body<InetAddress, IOException>> bodies)
            throws IOException, InterruptedException {
        return hedge(PATIENCE, (Body<InetAddress, IOException>[]) bodies.toArray(new Body<?, ?>[0]));
    }

    private static InetAddress connect(InetAddress address, int port, Duration limit) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address, port), (int) Math.clamp(limit.toMillis(), 1L, Integer.MAX_VALUE));
            return address;
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }
}
