package dev.weft.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.AttachOperationFailedException;
import dev.weft.cli.inspect.CannotInspectException.Kind;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {

    /** Any process that is there. */
    private static final long PID = ProcessHandle.current().pid();

    private static void means(Exception e, Kind kind, String... says) {
        var refusal = Refusal.of(PID, e);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.reason()).contains("process " + PID).contains(says);
    }

    @Test
    void eachWayToFail_hasItsMeaningAndRemedy() {
        means(new IOException("Operation not permitted"), Kind.NOT_PERMITTED, "although it is theirs");
        means(
                new AttachNotSupportedException("Unable to open socket file: Permission denied"),
                Kind.NOT_PERMITTED,
                "although it is theirs");
        means(
                new AttachNotSupportedException("The VM does not support the attach mechanism"),
                Kind.REFUSED,
                "-XX:+DisableAttachMechanism");
        means(
                new AttachNotSupportedException("target process doesn't respond within 10500ms"),
                Kind.NO_ANSWER,
                "does not answer",
                "10500ms");
        means(
                new AttachOperationFailedException("Failed to load agent: management"),
                Kind.REFUSED,
                "jdk.management.agent",
                "full JDK");
        means(new IOException("Connection reset"), Kind.REFUSED, "Connection reset");
    }

    @Test
    void anotherUsersProcess_saysWhoseAndHowToLook() {
        assertThat(Candidate.notPermitted(7, Optional.of("ada"), Optional.of("bob"))
                        .reason())
                .contains("process 7 belongs to ada", "sudo -u ada");
        assertThat(Candidate.notPermitted(7, Optional.empty(), Optional.of("bob"))
                        .reason())
                .contains("process 7 belongs to another user");
    }

    @Test
    void processThatHasGone_isToldAsSuch_whateverElseWasSaid() throws Exception {
        var gone = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "--version").start();
        gone.waitFor();
        assertThat(Refusal.of(gone.pid(), new IOException("Permission denied")).kind())
                .isEqualTo(Kind.NO_PROCESS);
    }
}
