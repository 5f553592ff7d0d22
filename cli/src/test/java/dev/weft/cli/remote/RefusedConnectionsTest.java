package dev.weft.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RefusedConnectionsTest {

    private final ArrayList<String> lines = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final RefusedConnections refused = new RefusedConnections(lines::add, () -> now);

    @Test
    void flood_isOneLineAMinute_withTheNumber() {
        for (var i = 0; i < 100; i++) {
            refused.refused("/10.0.0.9:" + i + ": not a member's connection");
        }
        now = now.plus(RefusedConnections.PAUSE).minusMillis(1);
        refused.refused("/10.0.0.9:100: not a member's connection");
        assertThat(lines).containsExactly("refused /10.0.0.9:0: not a member's connection");
        now = now.plusMillis(1);
        refused.refused("/10.0.0.9:101: not a member's connection");
        now = now.plus(Duration.ofHours(1));
        refused.refused("/10.0.0.9:102: not a member's connection");
        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "refused /10.0.0.9:101: not a member's connection; and 100 since the last such line",
                        "refused /10.0.0.9:102: not a member's connection");
    }
}
