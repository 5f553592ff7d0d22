package dev.weft.cli.http;

import dev.weft.cli.text.HostName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final Map<String, String> ALIASES = new ConcurrentHashMap<>();
    /** The hosts that have an alias, by it. */
    private static final Map<String, String> BEHIND = new ConcurrentHashMap<>();

    private static final String ALIAS = ".weft.invalid";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Addresses() {}

    /** From now on, this is the host's address. */
    static void choose(String host, InetAddress address) {
        CHOSEN.put(host, address);
        if (URI.create("http://" + host + "/").getHost() == null) {
            var alias = alias(host);
            CHOSEN.put(alias, named(alias, address));
            BEHIND.put(alias, host);
        }
    }

    /** The client takes a host's name from its address. */
    private static InetAddress named(String alias, InetAddress address) {
        try {
            return address instanceof Inet6Address six
                    ? Inet6Address.getByAddress(alias, six.getAddress(), six.getScopeId())
                    : InetAddress.getByAddress(alias, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + address, e);
        }
    }

    /** The URL under which the client can be asked for a host whose name it does not take. */
    static URI alias(URI uri) {
        return URI.create(uri.toString().replaceFirst("//[^/:]*", "//" + alias(HostName.of(uri))));
    }

    /** The host that the client knows by this alias; null if the name is no alias. */
    static @Nullable String behind(String alias) {
        return BEHIND.get(alias);
    }

    private static String alias(String host) {
        return ALIASES.computeIfAbsent(host, _ -> "x" + COUNT.incrementAndGet() + ALIAS);
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
