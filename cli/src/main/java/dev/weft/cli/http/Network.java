package dev.weft.cli.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Networks, as in {@code 10.0.0.0/8} or {@code fd00::/8}. */
final class Network {

    private Network() {}

    /** Whether the text is a network, and the host an address in it. Names of hosts are not looked up for it. */
    static boolean contains(String network, String host) {
        var slash = network.indexOf('/');
        var bits = slash < 0 ? "" : network.substring(slash + 1);
        if (!bits.matches("\\d{1,3}")) {
            return false;
        }
        var first = address(network.substring(0, slash));
        var other = address(host);
        var length = Integer.parseInt(bits);
        if (first == null || other == null || first.length != other.length || length > first.length * 8) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            var mask = 0x80 >> (i % 8);
            if ((first[i / 8] & mask) != (other[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] address(String text) {
        try {
            return InetAddress.ofLiteral(text.replaceAll("^\\[|]$", "")).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
