package dev.weft.cluster.internal.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import org.jgroups.Version;
import org.junit.jupiter.api.Test;

/** The name under which members of one cluster meet. */
class JGroupsTransportTest {

    /** Members with another minor version of JGroups, or of the protocol, are in another cluster. */
    @Test
    void cl36_nameOfTheCluster_carriesTheMinorVersionOfJGroups() {
        var minor = Version.description.replaceAll("^(\\d+\\.\\d+)\\..*", "$1");
        assertThat(minor).matches("\\d+\\.\\d+");
        assertThat(JGroupsTransport.nameOf("pages")).isEqualTo("weft1-jg" + minor + "-pages");
    }
}
