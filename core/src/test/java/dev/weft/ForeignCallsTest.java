package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Tasks.join;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** J3: a task that blocks in a call of the JDK ends cancelled, whatever the call makes of the interrupt. */
@NotSimulated("polls for calls outside, on whose account the clock stands still")
class ForeignCallsTest {

    @OnEveryRuntime
    void j3_threadSleep(TestRuntime runtime) throws Exception {
        cancelWhileBlocked(runtime, () -> Thread.sleep(Duration.ofDays(1)));
    }

    @OnEveryRuntime
    void j3_blockingQueueTake(TestRuntime runtime) throws Exception {
        var queue = new LinkedBlockingQueue<String>();
        cancelWhileBlocked(runtime, () -> {
            queue.take();
        });
    }

    @OnEveryRuntime
    void j3_futureGet(TestRuntime runtime) throws Exception {
        var never = new CompletableFuture<String>();
        cancelWhileBlocked(runtime, () -> {
            never.get();
        });
        assertThat(never).as("somebody else's future").isNotDone();
    }

    @OnEveryRuntime
    void j3_objectWait(TestRuntime runtime) throws Exception {
        var monitor = new Object();
        cancelWhileBlocked(runtime, () -> {
            synchronized (monitor) {
                while (true) {
                    monitor.wait();
                }
            }
        });
    }

    @OnEveryRuntime
    void j3_socketRead(TestRuntime runtime) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = new Socket(server.getInetAddress(), server.getLocalPort());
                var peer = server.accept()) {
            cancelWhileBlocked(runtime, () -> {
                socket.getInputStream().read();
            });
            assertThat(peer.isClosed()).isFalse();
        }
    }

    @OnEveryRuntime
    void j3_accept(TestRuntime runtime) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cancelWhileBlocked(runtime, () -> server.accept().close());
        }
    }

    @OnEveryRuntime
    void j3_channelRead(TestRuntime runtime) throws Exception {
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var channel = SocketChannel.open(server.getLocalAddress());
                    var peer = server.accept()) {
                cancelWhileBlocked(runtime, () -> {
                    channel.read(ByteBuffer.allocate(1));
                });
                assertThat(peer.isOpen()).isTrue();
            }
        }
    }

    @OnEveryRuntime
    void j3_httpClientSend(TestRuntime runtime) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = HttpClient.newBuilder()
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var requested = new CompletableFuture<Socket>();
            Thread.ofPlatform().name("silent server").daemon().start(() -> {
                try {
                    var connection = server.accept();
                    connection.getInputStream().read();
                    requested.complete(connection);
                } catch (Throwable e) {
                    requested.completeExceptionally(e);
                }
            });
            var host = server.getInetAddress().getHostAddress();
            var address = new URI("http", null, host, server.getLocalPort(), "/", null, null);
            var request = HttpRequest.newBuilder(address).build();
            try {
                cancelWhileBlocked(runtime, requested::isDone, () -> {
                    client.send(request, HttpResponse.BodyHandlers.ofString());
                });
            } finally {
                client.shutdownNow();
                requested.getNow(new Socket()).close();
            }
        }
    }

    @OnEveryRuntime
    void j3_processWaitFor(TestRuntime runtime) throws Exception {
        var process = new ProcessBuilder("sleep", "1000").start();
        try {
            cancelWhileBlocked(runtime, () -> {
                process.waitFor();
            });
            assertThat(process.isAlive()).as("the process is left alone").isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void cancelWhileBlocked(TestRuntime runtime, VoidBody<Exception> call) throws Exception {
        cancelWhileBlocked(runtime, () -> true, call);
    }

    /** Cancels a task when it is inside {@code call} and waits there, and {@code ready} holds. */
    private static void cancelWhileBlocked(TestRuntime runtime, BooleanSupplier ready, VoidBody<Exception> call)
            throws Exception {
        var inside = new CompletableFuture<Thread>();
        var returned = new AtomicBoolean();
        VoidBody<Exception> body = () -> {
            inside.complete(Thread.currentThread());
            call.execute();
            returned.set(true);
        };
        runtime.run(() -> {
            var task = createTask(() -> {
                if (runtime.takesTurns()) {
                    blocking(body);
                } else {
                    body.execute();
                }
            });
            awaitTrue(() -> task.isDone() || (inside.isDone() && waits(inside.join()) && ready.getAsBoolean()));
            assertThat(task.isDone()).as("ended by itself").isFalse();
            assertThat(task.cancel("reason")).isTrue();
            join(task);
            assertThat(returned).as("the call returned").isFalse();
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Cancelled.class,
                            outcome ->
                                    assertThat(outcome.cancellation().reason()).isEqualTo("reason"));
        });
    }

    private static boolean waits(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }
}
