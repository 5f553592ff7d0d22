package dev.weft.cluster.internal.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A member says one byte; a stranger says nothing, for as long as it takes. */
@Timeout(60)
class GateTest {

    private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
    private final Semaphore begun = new Semaphore(0);
    private final List<Socket> sockets = new ArrayList<>();
    private Gate gate;

    @BeforeEach
    void open() throws IOException {
        gate = new Gate(this::examine, refused::add, true, Duration.ofHours(1));
        gate.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    }

    @AfterEach
    void close() throws IOException {
        gate.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private AdmittedSocket examine(Socket socket) throws IOException {
        begun.release();
        if (socket.getInputStream().read() < 0) {
            throw new IOException("says nothing");
        }
        return new AdmittedSocket(socket, new byte[0]);
    }

    /** From an address of the loopback; returns when it is examined. */
    private Socket connect(String from) throws Exception {
        var socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(gate.getLocalSocketAddress());
        begun.acquire();
        return socket;
    }

    private void isAdmitted(String from) throws Exception {
        var member = connect(from);
        member.getOutputStream().write(1);
        assertThat(gate.accept().getRemoteSocketAddress()).isEqualTo(member.getLocalSocketAddress());
    }

    @Test
    void portThatIsFree_isFound() {
        assertThat(gate.getLocalPort()).isGreaterThan(1);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have one loopback address")
    void cl44_floodOfSilentConnections_keepsNoOtherAddressOut() throws Exception {
        var first = connect("127.0.0.2");
        for (var i = 1; i < Gate.MAX_EXAMINED; i++) {
            connect("127.0.0.2");
        }
        assertThat(refused).isEmpty();
        isAdmitted("127.0.0.3");
        assertThat(refused.take())
                .isEqualTo(first.getLocalSocketAddress()
                        + ": too many connections at once, of which its address has most");
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        for (var i = 0; i < 5; i++) {
            connect("127.0.0.2"); // goes on, and only the flood's own connections give way
            isAdmitted("127.0.0.3");
            assertThat(refused.take()).startsWith("/127.0.0.2:");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have one loopback address")
    void cl44_memberAtAnAddressOfFew_doesNotGiveWay() throws Exception {
        var slow = connect("127.0.0.3");
        for (var i = 0; i < 2 * Gate.MAX_EXAMINED; i++) {
            connect("127.0.0." + (4 + i % 2));
        }
        assertThat(refused).noneMatch(text -> text.startsWith("/127.0.0.3")).hasSizeGreaterThan(Gate.MAX_EXAMINED - 2);
        slow.getOutputStream().write(1);
        assertThat(gate.accept().getRemoteSocketAddress()).isEqualTo(slow.getLocalSocketAddress());
    }

    /** Errors end neither of the gate's threads, so they do not keep members out. */
    @Test
    void errors_ofExaminationsAndListeners_doNotEndTheGate() throws Exception {
        gate.close();
        gate = new Gate(
                socket -> {
                    var first = socket.getInputStream().read();
                    if (first == 2) {
                        throw new StackOverflowError("on purpose");
                    }
                    begun.release();
                    return new AdmittedSocket(socket, new byte[0]);
                },
                text -> {
                    refused.add(text);
                    throw new OutOfMemoryError("on purpose");
                },
                true,
                Duration.ofHours(1));
        gate.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        silent().getOutputStream().write(2);
        assertThat(refused.take()).endsWith("on purpose");
        for (var i = 0; i <= Gate.MAX_EXAMINED; i++) {
            silent(); // the last one makes the first give way, which the listener answers with an error
        }
        assertThat(refused.take()).endsWith("of which its address has most");
        var member = silent();
        member.getOutputStream().write(1);
        begun.acquire();
        assertThat(gate.accept().getRemoteSocketAddress()).isEqualTo(member.getLocalSocketAddress());
    }

    private Socket silent() throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.connect(gate.getLocalSocketAddress());
        return socket;
    }

    @Test
    void origin_ofIpv6_isItsNetwork() throws Exception {
        assertThat(origin("2001:db8:1:2:3:4:5:6")).isEqualTo(origin("2001:db8:1:2:ffff::1"));
        assertThat(origin("2001:db8:1:2::1")).isNotEqualTo(origin("2001:db8:1:3::1"));
        assertThat(origin("10.0.0.5")).isNotEqualTo(origin("10.0.0.6"));
    }

    private static InetAddress origin(String address) throws IOException {
        return Gate.origin(InetAddress.getByName(address));
    }
}
