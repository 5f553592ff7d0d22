package dev.weft.cli.http;

import dev.weft.cli.text.HostName;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which address Java's client finds for a host. The client asks Java, and takes the first that it is told: this stands
 * in between, and tells the one that answers. Hosts that are not in here are looked up as ever.
 *
 * <p>One for the process, as Java's own is. Thread-safe.
 */
final class Addresses {

    private static final Map<String, InetAddress> CHOSEN = new ConcurrentHashMap<>();
    private static final String ALIAS = ".weft.invalid";
    private static final HexFormat HEX = HexFormat.of();

    private Addresses() {}

    /** From now on, this is the host's address. */
    static void choose(String host, InetAddress address) {
        CHOSEN.put(host, address);
        if (URI.create("http://" + host + "/").getHost() == null) {
            CHOSEN.put(alias(host), address);
        }
    }

    /** The URL under which the client can be asked for a host whose name it does not take. */
    static URI alias(URI uri) {
        return URI.create(uri.toString().replaceFirst("//[^/:]*", "//" + alias(HostName.of(uri))));
    }

    private static String alias(String host) {
        return "x" + HEX.formatHex(host.getBytes(StandardCharsets.UTF_8)) + ALIAS;
    }

    static @Nullable InetAddress chosen(String host) {
        return CHOSEN.get(host);
    }

    /** As Java finds it in this program. */
    static InetAddressResolver over(InetAddressResolver java) {
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                var address = chosen(host);
                return address == null ? java.lookupByName(host, policy) : Stream.of(address);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return java.lookupByAddress(address);
            }
        };
    }
}
