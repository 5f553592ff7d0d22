package samples.deep;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Waits for a connection, which the JVM has a thread for, and then for nobody. */
public final class SocketThenDeadlock implements Callable<Object> {

    /** Made by the simulation. */
    public SocketThenDeadlock() {}

    @Override
    public Object call() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1);
            server.accept().close();
        } catch (SocketTimeoutException e) {
            // nobody connects
        }
        new CountDownLatch(1).await();
        return "";
    }
}
