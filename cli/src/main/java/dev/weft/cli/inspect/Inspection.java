package dev.weft.cli.inspect;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.weft.cli.inspect.CannotInspectException.Kind;
import dev.weft.diagnostics.TaskDump;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * A look into a running process that uses Weft, which may be repeated: one connection, and one MBean in that process,
 * for as long as it is open. Closing it removes the MBean; so does the end of this program, by whatever signal but
 * SIGKILL, and after that the next look. The JDK's own management agent, which the first look starts, stays.
 *
 * <p>Belongs to the task that opened it, and is not thread-safe, but for {@link #close}.
 */
public final class Inspection implements AutoCloseable {

    private static final String ADDRESS = "com.sun.management.jmxremote.localConnectorAddress";

    /** How long a process may take to end after it has dropped its connections. */
    private static final Duration DYING = Duration.ofSeconds(2);

    private static final int MAX_MESSAGE = 300;

    private final long pid;
    private final Caller caller;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::cleanUp);
    private volatile boolean closed;

    // the caller's thread only
    private @Nullable JMXConnector connector;
    private @Nullable TasksBean bean;

    private Inspection(long pid, Duration limit) {
        this.pid = pid;
        this.caller = new Caller(pid, limit);
    }

    /**
     * Opens one.
     *
     * <p><b>Blocking:</b> until the process has answered, or for the limit; that is about a second the first time.
     * <b>Cancellation:</b> always a cancellation point; nothing is left behind.
     *
     * @param limit for this, and for each call later
     * @param anyUser whether it may be another user's
     * @throws CannotInspectException if it cannot be looked into
     */
    public static Inspection open(long pid, Duration limit, boolean anyUser)
            throws CannotInspectException, InterruptedException {
        Candidate.check(pid, anyUser);
        var inspection = new Inspection(pid, limit);
        Runtime.getRuntime().addShutdownHook(inspection.atExit);
        try {
            inspection.caller.call(inspection::connect);
            return inspection;
        } catch (CannotInspectException | InterruptedException | RuntimeException | Error e) {
            inspection.close();
            throw e;
        }
    }

    /**
     * The process's tasks, now.
     *
     * <p><b>Blocking:</b> until it has answered, or for the limit. <b>Cancellation:</b> always a cancellation point.
     *
     * @param frames how many stack frames of each
     * @throws CannotInspectException if it does not answer, or has ended
     */
    public TaskDump dump(int frames) throws CannotInspectException, InterruptedException {
        return dump(frames, false);
    }

    /**
     * The process's tasks, now, and if {@code withCluster}, below the calls of handlers on other machines what their
     * members tell.
     *
     * <p><b>Blocking:</b> until it has answered, or for the limit. <b>Cancellation:</b> always a cancellation point.
     *
     * @param frames how many stack frames of each task
     * @throws CannotInspectException if it does not answer, has ended, or is not a member of a cluster
     */
    public TaskDump dump(int frames, boolean withCluster) throws CannotInspectException, InterruptedException {
        return caller.call(() -> {
            if (closed || bean == null) {
                throw new IllegalStateException("the look into process " + pid + " is closed");
            }
            try {
                return DumpReader.read(withCluster ? bean.clusterDump(frames) : bean.dump(frames), pid);
            } catch (IOException e) {
                throw broken(e);
            }
        });
    }

    @SuppressWarnings("BanJNDI") // no name is looked up: the address is checked, and holds the stub itself
    private Boolean connect() throws CannotInspectException, InterruptedException {
        var address = address();
        // who asked has left: do not begin what would have to be cleaned up
        if (closed) {
            return false;
        }
        if (!Answers.isLocal(address)) {
            throw new CannotInspectException(
                    Kind.NOT_UNDERSTOOD,
                    "process " + pid + " names an address of its management agent that is not the JDK's own on this"
                            + " machine; it is not followed");
        }
        Answers.limit();
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            bean = new TasksBean(connector.getMBeanServerConnection(), pid);
            bean.open();
            return true;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private String address() throws CannotInspectException {
        try {
            var vm = VirtualMachine.attach(String.valueOf(pid));
            try {
                var there = vm.getAgentProperties().getProperty(ADDRESS);
                return there == null ? vm.startLocalManagementAgent() : there;
            } finally {
                vm.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw Refusal.of(pid, e);
        }
    }

    private CannotInspectException broken(IOException e) throws InterruptedException {
        if (hasEnded()) {
            return new CannotInspectException(Kind.ENDED, "process " + pid + " has ended");
        }
        return new CannotInspectException(
                Kind.NOT_UNDERSTOOD,
                "process " + pid + " has broken the connection, or answered what is not read ("
                        + brief(String.valueOf(e.getMessage())) + "); try again");
    }

    /** The answer of the process may be long. */
    static String brief(String message) {
        var end = message.offsetByCodePoints(0, Math.min(MAX_MESSAGE, message.codePointCount(0, message.length())));
        return message.substring(0, end).replaceAll("\\s+", " ") + (end == message.length() ? "" : "…");
    }

    private boolean hasEnded() throws InterruptedException {
        var process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return true;
        }
        try {
            process.get().onExit().get(DYING.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.ExecutionException e) {
            return false;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /**
     * Removes the MBean and ends the connection. Closing again does nothing.
     *
     * <p><b>Blocking:</b> until that is done; for the limit at most, or a second if the process has not answered
     * before. <b>Cancellation:</b> never a cancellation point: an interrupt is kept.
     */
    @Override
    public void close() {
        cleanUp();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // it is being shut down, and finds nothing left to do
        }
    }

    private void cleanUp() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        caller.last(() -> {
            try (var _ = connector) {
                if (bean != null) {
                    bean.remove();
                }
            } catch (IOException e) {
                // the process has gone, and the MBean with it
            }
        });
    }
}
