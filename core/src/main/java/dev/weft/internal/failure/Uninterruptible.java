package dev.weft.internal.failure;

import org.jspecify.annotations.Nullable;

/** Calls of the JDK that take no notice of an interrupt, found by the frames of the thread, and what to do instead. */
public final class Uninterruptible {

    /** Below these there is no call of the JDK's that blocks. */
    private static final int MAX_FRAMES = 16;

    private Uninterruptible() {}

    /** The end of a message about a thread that does not stop; empty if nothing better is known. */
    public static String remedy(@Nullable Thread thread, StackTraceElement[] frames) {
        if (thread == null) {
            return "";
        }
        for (var i = 0; i < frames.length && i < MAX_FRAMES; i++) {
            var name = frames[i].getClassName();
            if (!thread.isVirtual() && isSocket(name)) {
                return ": a platform thread in socket I/O takes no notice of an interrupt; run the call in a task,"
                        + " whose virtual thread does, for example gather(() -> …), or close the socket with"
                        + " onCancel(socket::close, …)";
            }
            if (name.startsWith("java.net.Inet") && name.endsWith("AddressImpl")) {
                return ": a look-up of a host name takes no notice of an interrupt; run it in abandonOnCancel(…)";
            }
            if (name.equals("java.io.FileInputStream") || name.equals("java.io.RandomAccessFile")) {
                return ": a read from a file, standard input or a process takes no notice of an interrupt; run it in"
                        + " abandonOnCancel(…), or end it with onCancel(process::destroyForcibly, …)";
            }
        }
        return "";
    }

    private static boolean isSocket(String name) {
        return name.startsWith("sun.nio.ch.NioSocketImpl")
                || name.startsWith("sun.nio.ch.DatagramSocketAdaptor")
                || name.startsWith("java.net.Socket$")
                || name.equals("java.net.Socket")
                || name.equals("java.net.ServerSocket");
    }
}
