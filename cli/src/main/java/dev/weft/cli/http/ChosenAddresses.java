package dev.weft.cli.http;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;

/** How Java comes to {@link Addresses}: it is named in {@code META-INF/services}. */
public final class ChosenAddresses extends InetAddressResolverProvider {

    @Override
    public InetAddressResolver get(Configuration configuration) {
        // an address is chosen anew when it does not answer: Java is to remember none. A lookup that has failed is not
        // made again.
        Security.setProperty("networkaddress.cache.ttl", "0");
        return Addresses.over(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "weft";
    }
}
