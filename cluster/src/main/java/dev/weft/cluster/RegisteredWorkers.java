package dev.weft.cluster;

import dev.weft.Registration;
import dev.weft.cluster.internal.engine.Node;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/** The part that needs the module {@code java.management}, which a program may lack. */
final class RegisteredWorkers implements WorkersMXBean {

    private final Node node;

    private RegisteredWorkers(Node node) {
        this.node = node;
    }

    /** Adds a bean. The registration removes it, once. */
    static Registration register(String cluster, String member, Node node) {
        var server = ManagementFactory.getPlatformMBeanServer();
        var text = "dev.weft:type=Workers,cluster=" + ObjectName.quote(cluster) + ",member=" + ObjectName.quote(member);
        try {
            for (var id = 1; ; id++) {
                var name = new ObjectName(id == 1 ? text : text + ",id=" + id);
                try {
                    server.registerMBean(new RegisteredWorkers(node), name);
                } catch (InstanceAlreadyExistsException e) {
                    continue; // of a member of the same name in this process
                }
                var isRegistered = new AtomicBoolean(true);
                return () -> {
                    if (isRegistered.getAndSet(false)) { // the name may be another's by then
                        remove(name);
                    }
                };
            }
        } catch (JMException e) {
            throw new IllegalStateException("the MBean " + text + " cannot be registered", e);
        }
    }

    private static void remove(ObjectName name) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // somebody has removed it already
        } catch (JMException e) {
            throw new IllegalStateException("the MBean " + name + " cannot be removed", e);
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    @Override
    public long getCalled() {
        return node.numbers().called();
    }

    @Override
    public long getOk() {
        return node.numbers().ok();
    }

    @Override
    public long getFailed() {
        return node.numbers().failed();
    }

    @Override
    public long getCancelled() {
        return node.numbers().cancelled();
    }

    @Override
    public long getExpired() {
        return node.numbers().expired();
    }

    @Override
    public long getLost() {
        return node.numbers().lost();
    }

    @Override
    public long getSent() {
        return node.numbers().sent();
    }

    @Override
    public long getRetried() {
        return node.numbers().retried();
    }

    @Override
    public long getRejected() {
        return node.numbers().rejected();
    }

    @Override
    public long getRan() {
        return node.numbers().ran();
    }

    @Override
    public long getDropped() {
        return node.numbers().dropped();
    }

    @Override
    public long getRefused() {
        return node.numbers().refused();
    }

    @Override
    public long getRefusedConnections() {
        return node.numbers().refusedConnections();
    }

    @Override
    public long getSuspicions() {
        return node.numbers().suspicions();
    }

    @Override
    public long getBytesOut() {
        return node.numbers().bytesOut();
    }

    @Override
    public long getBytesIn() {
        return node.numbers().bytesIn();
    }

    @Override
    public int getCalling() {
        return node.numbers().calling();
    }

    @Override
    public int getOpen() {
        return node.numbers().open();
    }

    @Override
    public int getWaiting() {
        return node.numbers().waiting();
    }

    @Override
    public int getCredits() {
        return node.numbers().credits();
    }

    @Override
    public int getRunning() {
        return node.numbers().running();
    }

    @Override
    public double getRoundTripP50Millis() {
        return millis(node.numbers().roundTrip().p50());
    }

    @Override
    public double getRoundTripP99Millis() {
        return millis(node.numbers().roundTrip().p99());
    }

    @Override
    public double getRoundTripMaxMillis() {
        return millis(node.numbers().roundTrip().max());
    }

    @Override
    public String dump(int frames) throws InterruptedException {
        if (frames < 0) {
            throw new IllegalArgumentException("the number of frames must not be negative: " + frames);
        }
        return node.dump(frames).toJson();
    }

    @Override
    public long getRoundTrips() {
        return node.numbers().roundTrip().count();
    }

    @Override
    public List<String> getMembers() {
        return node.members().stream().map(Member::toString).toList();
    }
}
