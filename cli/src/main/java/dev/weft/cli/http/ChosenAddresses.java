package dev.weft.cli.http;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;

/** How Java comes to {@link Addresses}: it is named in {@code META-INF/services}. */
public final class ChosenAddresses extends InetAddressResolverProvider {

    @Override
    public InetAddressResolver get(Configuration configuration) {
        // an address is chosen anew when it does not answer, and a further try looks up again: Java is to remember none
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        return Addresses.over(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "weft";
    }
}
