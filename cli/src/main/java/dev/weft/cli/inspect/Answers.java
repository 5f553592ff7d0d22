package dev.weft.cli.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The influence that another process has on this one, which is little: it can be connected to on this machine only, and
 * its answers may hold a few kinds of objects, not deep and not large. Holds for the whole program, so that nothing
 * which the JDK does in the background passes by.
 */
final class Answers {

    /** The JDK's own agent names itself so. The filter checks the rest, when it is read. */
    private static final Pattern ADDRESS =
            Pattern.compile("service:jmx:rmi://127\\.0\\.0\\.1/stub/[A-Za-z0-9+/=]{1,8192}");

    /** An answer may have so many bytes: a hundred thousand tasks with some frames. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    /**
     * The types that the management protocol needs: texts, names, its own stubs, leases and exceptions. An exception of
     * the program that is looked into is none of them, and ends the look.
     */
    private static final String ALLOWED = "maxdepth=20;maxrefs=20000;maxarray=10000;maxbytes=" + MAX_BYTES + ";"
            + "java.lang.Object;java.lang.String;java.lang.Number;java.lang.Integer;java.lang.Long;java.lang.Boolean;"
            + "java.lang.Throwable;java.lang.Exception;java.lang.Error;java.lang.RuntimeException;"
            + "java.lang.ReflectiveOperationException;java.lang.ClassNotFoundException;"
            + "java.lang.NoSuchMethodException;java.lang.InstantiationException;java.lang.IllegalAccessException;"
            + "java.lang.IllegalArgumentException;java.lang.IllegalStateException;java.lang.SecurityException;"
            + "java.lang.NullPointerException;java.lang.UnsupportedOperationException;java.lang.LinkageError;"
            + "java.lang.NoClassDefFoundError;java.lang.VirtualMachineError;java.lang.OutOfMemoryError;"
            + "java.lang.StackOverflowError;java.lang.StackTraceElement;java.lang.Enum;"
            + "java.io.IOException;java.io.InvalidClassException;java.io.ObjectStreamException;"
            + "java.io.NotSerializableException;"
            + "java.util.Collections$*;java.util.HashSet;java.util.HashMap;java.util.Map$Entry;"
            + "java.util.HashMap$Node;java.util.ArrayList;java.util.Set;java.util.Map;java.util.List;"
            + "javax.management.ObjectName;javax.management.ObjectInstance;javax.management.JMException;"
            + names(
                    "javax.management.",
                    "JMRuntime",
                    "Operations",
                    "InstanceNotFound",
                    "InstanceAlreadyExists",
                    "Reflection",
                    "MBean",
                    "RuntimeMBean",
                    "RuntimeError",
                    "RuntimeOperations",
                    "MBeanRegistration",
                    "NotCompliantMBean",
                    "AttributeNotFound",
                    "MalformedObjectName",
                    "Introspection",
                    "InvalidAttributeValue")
            + "javax.management.remote.rmi.RMIServerImpl_Stub;javax.management.remote.rmi.RMIConnectionImpl_Stub;"
            + "javax.management.remote.rmi.RMIServer;javax.management.remote.rmi.RMIConnection;"
            + "javax.management.remote.NotificationResult;javax.management.remote.TargetedNotification;"
            + "java.rmi.*;java.rmi.server.RemoteObject;"
            + "java.rmi.server.RemoteStub;java.rmi.server.UID;"
            + "java.rmi.server.ObjID;java.rmi.server.RemoteRef;java.rmi.dgc.VMID;"
            + "java.rmi.dgc.Lease;sun.rmi.server.UnicastRef;sun.rmi.server.UnicastRef2;sun.rmi.transport.LiveRef;"
            + "sun.rmi.transport.DGCImpl_Stub;"
            + "!*";

    private static boolean limited;

    private static String names(String of, String... exceptions) {
        return Stream.of(exceptions).map(name -> of + name + "Exception;").collect(Collectors.joining());
    }

    private Answers() {}

    /** Whether an address is one that the JDK's own agent gives itself. */
    static boolean isLocal(String address) {
        return ADDRESS.matcher(address).matches();
    }

    /**
     * Sets the limits, once.
     *
     * @throws IllegalStateException if this process has other ones already
     */
    static synchronized void limit() {
        if (limited) {
            return;
        }
        try {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(ALLOWED));
            RMISocketFactory.setSocketFactory(new Loopback());
        } catch (IOException e) {
            throw new IllegalStateException("this process has a way of its own to connect", e);
        }
        limited = true;
    }

    /** Connects to this machine, whatever host is named: the agent listens there too. */
    private static final class Loopback extends RMISocketFactory {

        private static final int PATIENCE_MILLIS = 5_000;

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            var socket = new Measured();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            throw new IOException("this program is not to be called");
        }
    }

    /** Ends an answer that is too long. An answer is all that comes between two requests. */
    private static final class Measured extends Socket {

        /** Read by one thread, and set back by the one that asks. */
        private final AtomicLong received = new AtomicLong();

        @Override
        public InputStream getInputStream() throws IOException {
            var in = super.getInputStream();
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    return count(in.read(), 1);
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    var read = in.read(bytes, from, length);
                    return count(read, read);
                }

                @Override
                public int available() throws IOException {
                    return in.available();
                }

                @Override
                public void close() throws IOException {
                    in.close();
                }
            };
        }

        private int count(int result, int bytes) throws IOException {
            if (received.addAndGet(Math.max(0, bytes)) > MAX_BYTES) {
                throw new IOException("an answer of more than " + MAX_BYTES / (1024 * 1024) + " MiB");
            }
            return result;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            var out = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    received.set(0);
                    out.write(b);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    received.set(0);
                    out.write(bytes, from, length);
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }

                @Override
                public void close() throws IOException {
                    out.close();
                }
            };
        }
    }
}
