package dev.weft.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each process in a container is number 1, so that its number alone tells nobody which member is meant. */
class DefaultNameTest {

    private static String name(Map<String, String> environment) {
        return DefaultName.of(environment::get, 1);
    }

    @Test
    void namesTheHost_andTheProcess() {
        assertThat(name(Map.of("HOSTNAME", "fetchers-7d9f-x2"))).isEqualTo("fetchers-7d9f-x2 pid 1");
        assertThat(name(Map.of("HOSTNAME", " ", "COMPUTERNAME", "DESK"))).isEqualTo("DESK pid 1");
        assertThat(name(Map.of())).endsWith("pid 1");
        assertThat(DefaultName.get()).endsWith("pid " + ProcessHandle.current().pid());
    }

    /** A member's name has 100 characters at most. */
    @Test
    void longHost_isCut() {
        assertThat(name(Map.of("HOSTNAME", "h".repeat(300)))).isEqualTo("h".repeat(64) + " pid 1");
    }
}
