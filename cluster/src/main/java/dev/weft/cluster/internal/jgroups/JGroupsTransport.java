package dev.weft.cluster.internal.jgroups;

import dev.weft.Weft;
import dev.weft.cluster.internal.engine.PeerId;
import dev.weft.cluster.internal.engine.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Frames over JGroups. Both urgencies are ordinary messages in the order of sending, by UNICAST3; urgent ones pass flow
 * control, which stands above that.
 */
public final class JGroupsTransport implements Transport, org.jgroups.Receiver {

    /** JGroups does not talk to another minor version of itself; so neither do we, and say it by the name. */
    private static final String PREFIX = "weft1-jg5.5-";

    private final String cluster;
    private final String name;
    private final Endpoint endpoint;
    private final @Nullable TlsContexts tls;
    private final UUID id = UUID.randomUUID();
    private final Map<PeerId, Outbox> outboxes = new ConcurrentHashMap<>();
    private volatile @Nullable Receiver receiver;
    private volatile @Nullable JChannel channel;
    private volatile InetSocketAddress localAddress;
    private volatile boolean isClosed;

    public JGroupsTransport(String cluster, String name, Endpoint endpoint, @Nullable TlsContexts tls) {
        this.cluster = cluster;
        this.name = name;
        this.endpoint = endpoint;
        this.localAddress = endpoint.bind();
        this.tls = tls;
    }

    @Override
    public PeerId self() {
        return peer(id);
    }

    private static PeerId peer(Address address) {
        var uuid = (UUID) address;
        return new PeerId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    @Override
    public void start(Receiver newReceiver) throws Exception {
        receiver = newReceiver;
        Weft.blocking(() -> {
            connect(newReceiver);
            return true;
        });
    }

    /** The name that JGroups knows a cluster by. */
    static String nameOf(String cluster) {
        return PREFIX + cluster;
    }

    private void connect(Receiver watch) throws Exception {
        JGroupsVersion.check();
        Deserialization.forbid();
        var opened = new JChannel(Stack.of(
                endpoint, new Sockets(tls == null ? null : tls.of(watch), watch::refused, endpoint.isAtAnyPort())));
        channel = opened;
        opened.addAddressGenerator(() -> id);
        opened.setName(name);
        opened.setReceiver(this);
        try {
            opened.connect(nameOf(cluster));
            localAddress = addressOf(opened);
        } catch (Exception e) {
            opened.close();
            var cause = e;
            while (cause.getCause() instanceof Exception inner && inner != cause) {
                cause = inner;
            }
            throw new IOException(
                    "cannot join the cluster '" + cluster + "' at " + endpoint.bind() + ": " + reason(cause), e);
        }
    }

    /** JGroups knows the port that the gate has found. */
    private InetSocketAddress addressOf(JChannel connected) {
        return connected.down(new Event(Event.GET_PHYSICAL_ADDRESS, id)) instanceof IpAddress found
                ? new InetSocketAddress(found.getIpAddress(), found.getPort())
                : endpoint.bind();
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    private String reason(Exception cause) {
        if (!(cause instanceof BindException)) {
            return cause.toString();
        }
        return isMine(endpoint.bind().getAddress())
                ? "the port is taken: another process listens there, or an earlier one has just ended"
                : "this machine has no such address: bind takes one of its own, and site:"
                        + endpoint.bind().getPort() + " finds it";
    }

    private static boolean isMine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    // ---- out

    @Override
    public Ticket send(PeerId to, byte[] head, byte[] body, boolean urgent) {
        return outboxes.computeIfAbsent(to, this::newOutbox).put(head, body, urgent);
    }

    private Outbox newOutbox(PeerId to) {
        return new Outbox(new UUID(to.high(), to.low()), this::sendNow, name + " to " + to);
    }

    private void sendNow(Address to, byte[] frame, boolean urgent) throws Exception {
        var opened = Objects.requireNonNull(channel, "the transport has not been started");
        var message = new BytesMessage(to, frame, 0, frame.length);
        if (urgent) {
            message.setFlag(Message.Flag.NO_FC);
        }
        opened.send(message);
    }

    // ---- in

    @Override
    public void viewAccepted(View view) {
        var members = new HashSet<PeerId>();
        for (var address : view.getMembers()) {
            members.add(peer(address));
        }
        dropOthers(members);
        var to = receiver;
        if (to != null && !isClosed) {
            to.view(members);
        }
    }

    /** Frames that are queued for members that have left would be sent again and again, to nobody. */
    private void dropOthers(Set<PeerId> members) {
        outboxes.entrySet().removeIf(entry -> {
            var isGone = !members.contains(entry.getKey());
            if (isGone) {
                entry.getValue().close(true);
            }
            return isGone;
        });
    }

    @Override
    public void receive(Message message) {
        var to = receiver;
        if (to != null && message.hasArray()) {
            to.message(peer(message.getSrc()), frame(message));
        }
    }

    /**
     * JGroups has read the message into an array of its own, and forgets it now; one of a batch may be a part of it.
     */
    private static byte[] frame(Message message) {
        var from = message.getOffset();
        var array = message.getArray();
        return from == 0 && message.getLength() == array.length
                ? array
                : Arrays.copyOfRange(array, from, from + message.getLength());
    }

    // ---- the end

    @Override
    public void close(Duration flush) {
        try {
            Weft.blocking(() -> {
                closeNow(flush.toNanos());
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNow(long flushNanos) throws InterruptedException {
        var until = System.nanoTime() + flushNanos;
        try {
            for (var outbox : outboxes.values()) {
                outbox.close(flushNanos == 0);
                outbox.awaitEmpty(until - System.nanoTime());
            }
        } finally {
            isClosed = true;
            outboxes.values().forEach(outbox -> outbox.close(true));
            var opened = channel;
            if (opened != null) {
                opened.close();
            }
        }
    }
}
