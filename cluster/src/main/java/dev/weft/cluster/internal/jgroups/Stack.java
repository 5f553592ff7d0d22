package dev.weft.cluster.internal.jgroups;

import java.util.ArrayList;
import java.util.List;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.dns.DNS_PING;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.SocketFactory;

/**
 * The protocols of JGroups, with settings of ours throughout: some defaults are traps. One port, bound to one address;
 * no multicast, no diagnostics, no FD_SOCK2, whose port would not be encrypted; a thread for each destination, so that
 * one that cannot be reached holds up nobody else's frames.
 */
final class Stack {

    private static final int MAX_OVERHEAD = 64 * 1024;

    /** Stands for a port that is free: JGroups takes no 0 together with its discovery. The gate finds the port. */
    private static final int ANY_PORT = 1;

    /**
     * Members beside those of {@code join} that JGroups asks after, also when they have left: as many as there may be.
     */
    private static final int MAX_FOUND = 50;

    private Stack() {}

    static List<Protocol> of(Endpoint endpoint, SocketFactory sockets) throws Exception {
        var protocols = new ArrayList<Protocol>();
        protocols.add(tcp(endpoint, sockets));
        protocols.add(discovery(endpoint));
        protocols.add(new MERGE3().setMinInterval(1_000).setMaxInterval(3_000));
        protocols.add(new FD_ALL3().setTimeout(5_000).setInterval(1_000));
        protocols.add(new VERIFY_SUSPECT2().setTimeout(1_000));
        protocols.add(new NAKACK2().useMcastXmit(false));
        protocols.add(new UNICAST3());
        protocols.add(new STABLE());
        protocols.add(new GMS().setJoinTimeout(1_000).setLeaveTimeout(1_000).printLocalAddress(false));
        protocols.add(new UFC());
        protocols.add(new FRAG2());
        return protocols;
    }

    private static TCP tcp(Endpoint endpoint, SocketFactory sockets) throws Exception {
        var tcp = new FramedTcp();
        tcp.setBindAddress(endpoint.bind().getAddress());
        tcp.setBindPort(endpoint.isAtAnyPort() ? ANY_PORT : endpoint.bind().getPort());
        tcp.setPortRange(0);
        tcp.setBundler(new MembersBundler().useSingleSenderThread(false));
        tcp.useVirtualThreads(true);
        tcp.tcpNodelay(true);
        tcp.setSockConnTimeout(500);
        tcp.enableSuspectEvents(true);
        tcp.setMaxLength(endpoint.maxFrame() + MAX_OVERHEAD);
        tcp.setLogDiscardMessages(false);
        tcp.setLogDiscardMessagesVersion(false);
        tcp.disableDiagnostics();
        tcp.setSocketFactory(sockets);
        return tcp;
    }

    /** Either way answers the other: JGroups hands a message to the protocol with the number of its sender. */
    private static Protocol discovery(Endpoint endpoint) {
        var dns = endpoint.dns();
        if (dns != null) {
            var ping = new DNS_PING();
            ping.setId(ClassConfigurator.getProtocolId(TCPPING.class));
            ping.setDNSQuery(dns);
            return ping;
        }
        var ping = new TCPPING();
        ping.setInitialHosts(endpoint.peers());
        ping.setPortRange(0);
        ping.setValue("max_dynamic_hosts", MAX_FOUND);
        return ping;
    }
}
