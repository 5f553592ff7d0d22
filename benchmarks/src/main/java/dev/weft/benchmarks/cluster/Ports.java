package dev.weft.benchmarks.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports of the loopback that nobody listens at, below those that a system gives to outgoing connections: one of these
 * could have the port before the member has.
 */
final class Ports {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    private int next = new Random().nextInt(COUNT);

    /** Addresses that it has not given before. */
    String address() {
        for (; ; ) {
            var port = FIRST + next;
            next = (next + 1) % COUNT;
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return "127.0.0.1:" + socket.getLocalPort();
            } catch (IOException e) {
                // somebody has it: the next one
            }
        }
    }
}
