package dev.weft.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The address that {@code site} stands for. */
class AddressesTest {

    private static List<InetAddress> all(String... addresses) throws UnknownHostException {
        var all = new ArrayList<InetAddress>();
        for (var address : addresses) {
            all.add(InetAddress.getByName(address));
        }
        return all;
    }

    @Test
    void site_isAPrivateAddressOfIpv4_ifThereIsOne() throws Exception {
        var found = Addresses.site(all("127.0.0.1", "::1", "fd12::3", "fe80::1", "8.8.8.8", "10.0.0.5"));
        assertThat(found).contains(InetAddress.getByName("10.0.0.5"));
    }

    @Test
    void site_isAUniqueLocalAddress_whereThereIsIpv6Alone() throws Exception {
        var found = Addresses.site(all("::1", "fe80::1", "2001:db8::1", "fd12::3"));
        assertThat(found).contains(InetAddress.getByName("fd12::3"));
    }

    @Test
    void site_isNone_ifNoneIsPrivate() throws Exception {
        assertThat(Addresses.site(all("127.0.0.1", "::1", "fe80::1", "2001:db8::1", "8.8.8.8")))
                .isEmpty();
    }
}
