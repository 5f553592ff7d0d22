package dev.weft.benchmarks.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.blocks.MessageDispatcher;
import org.jgroups.blocks.RequestOptions;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.util.NameCache;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/**
 * A member of bare JGroups: requests and responses matched by its own dispatcher, over the stack of protocols that
 * Weft's cluster has. The first byte of a request says what it is.
 */
final class JGroupsSide implements Side {

    private static final byte ECHO = 0;
    private static final byte HOLD = 1;

    private final JChannel channel;
    private final MessageDispatcher dispatcher;
    private final AtomicInteger next = new AtomicInteger();
    private volatile List<Address> workers = List.of();

    JGroupsSide(Seat seat) throws Exception {
        channel = new JChannel(
                tcp(seat),
                new TCPPING()
                        .setInitialHosts(
                                seat.addresses().stream().map(JGroupsSide::at).toList())
                        .setPortRange(0),
                new MERGE3().setMinInterval(1_000).setMaxInterval(3_000),
                new FD_ALL3().setTimeout(5_000).setInterval(1_000),
                new VERIFY_SUSPECT2().setTimeout(1_000),
                new NAKACK2().useMcastXmit(false),
                new UNICAST3(),
                new STABLE(),
                new GMS().setJoinTimeout(1_000).setLeaveTimeout(1_000).printLocalAddress(false),
                new UFC(),
                new FRAG2());
        channel.setName(seat.name());
        dispatcher = new MessageDispatcher(channel, JGroupsSide::handle);
        channel.connect("benchmarks");
    }

    private static InetSocketAddress at(String address) {
        var colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static TCP tcp(Seat seat) throws Exception {
        var tcp = new TCP();
        tcp.setBindAddress(InetAddress.getByName(seat.host()));
        tcp.setBindPort(seat.port());
        tcp.setPortRange(0);
        tcp.setBundler(new PerDestinationBundler().useSingleSenderThread(false));
        tcp.useVirtualThreads(true);
        tcp.tcpNodelay(true);
        tcp.setSockConnTimeout(500);
        tcp.enableSuspectEvents(true);
        tcp.setMaxLength(2 * Seat.MAX_FRAME);
        tcp.disableDiagnostics();
        seat.certificates().map(JGroupsSide::tls).ifPresent(tcp::tls);
        return tcp;
    }

    private static TLS tls(Path folder) {
        var store = folder.resolve(Certificates.STORE).toString();
        return new TLS()
                .enabled(true)
                .setProtocols(new String[] {"TLSv1.3"})
                .setClientAuth(TLSClientAuth.NEED)
                .setKeystoreType("PKCS12")
                .setKeystorePath(store)
                .setKeystorePassword(Certificates.PASSWORD)
                .setTruststoreType("PKCS12")
                .setTruststorePath(store)
                .setTruststorePassword(Certificates.PASSWORD);
    }

    private static Object handle(Message request) throws InterruptedException {
        var from = request.getOffset();
        var bytes = Arrays.copyOfRange(request.getArray(), from, from + request.getLength());
        if (bytes[0] == HOLD) {
            Lines.say("began " + new String(bytes, 1, bytes.length - 1, Lines.CHARSET));
            Thread.sleep(Long.MAX_VALUE);
        }
        return bytes;
    }

    @Override
    public int workers() {
        workers = channel.getView().getMembers().stream()
                .filter(member -> nameOf(member).startsWith(WORKER))
                .toList();
        return workers.size();
    }

    private static String nameOf(Address member) {
        return String.valueOf(NameCache.get(member));
    }

    @Override
    public byte[] echo(byte[] bytes) throws Exception {
        var all = workers;
        var to = all.get(Math.floorMod(next.getAndIncrement(), all.size()));
        bytes[0] = ECHO;
        return dispatcher.sendMessage(
                new BytesMessage(to, bytes), RequestOptions.SYNC().timeout(0));
    }

    @Override
    public void hold(String worker, String id) throws Exception {
        var to = workers.stream()
                .filter(member -> nameOf(member).equals(worker))
                .findFirst()
                .orElseThrow();
        // out of band: a handler that does not return must not stop those after it
        var options = RequestOptions.SYNC().timeout(0).flags(Message.Flag.OOB);
        dispatcher.sendMessage(new BytesMessage(to, ((char) HOLD + id).getBytes(Lines.CHARSET)), options);
    }

    @Override
    public void close() throws IOException {
        dispatcher.close();
        channel.close();
    }
}
