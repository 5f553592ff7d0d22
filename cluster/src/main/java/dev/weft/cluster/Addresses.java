package dev.weft.cluster;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Texts such as {@code 10.0.0.5:7800}. */
final class Addresses {

    private static final String EXAMPLE = "; an address is as 10.0.0.5:7800, [::1]:7800 or host:7800";

    private Addresses() {}

    static InetSocketAddress own(String text) {
        var port = port(text, 0);
        var host = host(text);
        var address = host.equals("site") ? site() : resolve(host, text);
        if (address.isAnyLocalAddress()) {
            throw new IllegalArgumentException("'" + text + "' stands for all addresses of this machine, and a member"
                    + " has one: name it, or say site:" + port);
        }
        return new InetSocketAddress(address, port);
    }

    static InetSocketAddress ofPeer(String text) {
        return new InetSocketAddress(resolve(host(text), text), port(text, 1));
    }

    private static InetAddress resolve(String host, String text) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("unknown host in '" + text + "'" + EXAMPLE, e);
        }
    }

    private static InetAddress site() {
        try {
            return site(NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .toList())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'site' is this machine's address in a private network, and there is none: name one"));
        } catch (IOException e) {
            throw new IllegalArgumentException("the addresses of this machine cannot be listed", e);
        }
    }

    /** An address of IPv4 if there is one, as on most machines that have both. */
    static Optional<InetAddress> site(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(InetAddress::isSiteLocalAddress)
                .findFirst()
                .or(() -> addresses.stream().filter(Addresses::isUniqueLocal).findFirst());
    }

    /** The private addresses of IPv6 today; those that Java calls so have been given up. */
    private static boolean isUniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
    }

    private static String host(String text) {
        var colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no port in '" + text + "'" + EXAMPLE);
        }
        var host = text.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, int lowest) {
        try {
            var port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            if (port >= lowest && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a port in '" + text + "'" + EXAMPLE, e);
        }
        throw new IllegalArgumentException("the port in '" + text + "' is not between " + lowest + " and 65535");
    }
}
