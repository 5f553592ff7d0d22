package dev.weft.cli.remote;

import dev.weft.cluster.Tls;
import dev.weft.cluster.Workers;
import dev.weft.cluster.WorkersBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes this process a member, or says in words why it cannot be one. */
final class Joining {

    /**
     * JGroups logs by the names of its classes, and of those that extend them. Held here: the JDK forgets the level of
     * a logger that nobody holds.
     */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("org.jgroups"), Logger.getLogger("dev.weft.cluster"));

    private Joining() {}

    /**
     * Joins.
     *
     * <p><b>Blocking:</b> until it has joined. <b>Cancellation:</b> always a cancellation point.
     *
     * @param more what else is said of this member
     * @param refused is told of connections that are not members'
     */
    static Workers join(ClusterSettings settings, UnaryOperator<WorkersBuilder> more, RefusedConnections refused)
            throws CannotJoinException, InterruptedException {
        // its warnings are for those who know its protocols; exceptions and the listener tell what a user can act on
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
        var own = settings.bind();
        var bind = own == null ? ownHost(settings.peers()) + ":0" : own;
        var name = own == null
                ? bind.substring(0, bind.lastIndexOf(':')) + " (process "
                        + ProcessHandle.current().pid() + ")"
                : own;
        try {
            var builder = Workers.builder(settings.cluster()).name(name);
            if (settings.isConfigured()) {
                builder.configure();
            }
            more.apply(builder).bind(bind).listener(refused);
            if (settings.peers().getFirst().startsWith(ClusterSettings.DNS)) {
                builder.joinDns(settings.peers().getFirst().substring(ClusterSettings.DNS.length()));
            } else {
                builder.join(settings.peers());
            }
            var folder = settings.tls();
            if (folder != null) {
                builder.tls(tls(folder));
            } else if (settings.isPlain()) {
                builder.insecure();
            }
            return builder.open();
        } catch (IllegalArgumentException e) {
            throw new CannotJoinException(String.valueOf(e.getMessage()), true, e);
        } catch (IllegalStateException e) {
            throw new CannotJoinException(
                    (settings.isPlain() ? "--no-tls" : "plain text") + " is for loopback addresses alone, and " + bind
                            + " can be reached from other machines: give"
                            + " --tls DIR; 'weft certificates DIR' makes one",
                    true,
                    e);
        } catch (IOException e) {
            throw new CannotJoinException(inWords(bind, e), false, e);
        }
    }

    private static Tls tls(Path folder) throws CannotJoinException {
        try {
            return Tls.fromPem(folder);
        } catch (NoSuchFileException e) {
            throw new CannotJoinException(
                    "--tls " + folder + ": there is no "
                            + Path.of(e.getFile()).getFileName()
                            + "; it takes ca.pem, cert.pem and key.pem, which 'weft certificates DIR' makes",
                    true,
                    e);
        } catch (IOException e) {
            throw new CannotJoinException("--tls " + folder + ": " + e.getMessage(), true, e);
        }
    }

    private static String inWords(String bind, IOException failure) {
        var isBind = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            isBind |= cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("BindException");
        }
        if (!isBind) {
            return String.valueOf(failure.getMessage());
        }
        var host = bind.substring(0, bind.lastIndexOf(':'));
        return isOurs(host)
                ? "--bind " + bind + ": the port is in use; take another one, or end the process that has it"
                : "--bind " + bind + ": this machine does not have the address " + host
                        + "; give one of its own, or site:PORT for its address in a private network";
    }

    private static boolean isOurs(String host) {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return probe.isBound();
        } catch (IOException e) {
            return host.equals("site");
        }
    }

    /** The address that the first peer is reached from, as text. */
    private static String ownHost(List<String> peers) throws CannotJoinException {
        var peer = peers.getFirst();
        var colon = peer.lastIndexOf(':');
        if (peer.startsWith(ClusterSettings.DNS) || colon < 1) {
            throw new CannotJoinException(
                    "--bind HOST:PORT is needed with " + peer + ": where the members reach this process",
                    true,
                    new IllegalArgumentException(peer));
        }
        var host = peer.substring(0, colon);
        try (var socket = new DatagramSocket()) {
            // sends nothing, and finds the way
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), 9));
            var text = socket.getLocalAddress().getHostAddress().replaceFirst("%.*", "");
            return text.contains(":") ? "[" + text + "]" : text;
        } catch (UnknownHostException e) {
            throw new CannotJoinException("there is no host " + host + ": is it spelled right?", true, e);
        } catch (IOException e) {
            throw new CannotJoinException(
                    "no way to " + peer + " was found (" + e.getMessage() + "): say where this process listens, with"
                            + " --bind HOST:PORT",
                    false,
                    e);
        }
    }
}
