package dev.weft.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback that nobody listens at. They are below those that a system gives to outgoing connections, one
 * of which could have the port before the member has. Test JVMs that run side by side have ports of their own.
 */
public final class TestPorts {

    private static final int COUNT = 3_000;
    private static final int JVMS = 4;

    /** The number of this test JVM, from 1; 1 too where the tests run otherwise. */
    private static final int JVM = Integer.getInteger("tests.fork", 1);

    private static final int FIRST = 20_000 + (JVM - 1) % JVMS * COUNT;

    private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(COUNT));

    private TestPorts() {}

    /** A port that this process has not been given before. */
    public static int free() {
        for (; ; ) {
            var port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // somebody has it: the next one
            }
        }
    }

    /** An address at {@link #free} port. */
    public static String address() {
        return "127.0.0.1:" + free();
    }
}
