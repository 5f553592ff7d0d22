package dev.weft.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.hostile.Liar;
import dev.weft.cli.inspect.CannotInspectException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that lie to those who look into them. None of them costs another's row, or leads anywhere else. Each is a
 * JVM: {@code -Dweft.hostile.full=true} tries all lies. {@code -Dweft.hostile.patience=SECONDS} helps a machine that is
 * very busy.
 */
@Timeout(300)
class HostileProcessesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What an answer that never comes is waited for; another one must have come by then, on any machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("weft.hostile.patience", 8));

    @TempDir
    private static Path folder;

    private static List<Jvms.Jvm> look(Liar... liars) throws InterruptedException {
        var pids = new HashSet<Long>();
        for (var liar : liars) {
            pids.add(liar.pid());
        }
        return Jvms.thatUseWeft(LIMIT, pids::contains);
    }

    private static String problemOf(Liar liar) throws InterruptedException {
        var rows = look(liar);
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().tasks()).isEqualTo(-1);
        return String.valueOf(rows.getFirst().problem());
    }

    private static String dump(String name, String entries) throws Exception {
        return Files.writeString(
                        folder.resolve(name),
                        "{\"takenAt\":\"" + Instant.now() + "\",\"pid\":1,\"entries\":[" + entries
                                + "],\"awaitCycles\":[]}")
                .toString();
    }

    private static String task(long id, long parent) {
        return "{\"id\":" + id + ",\"parent\":" + parent
                + ",\"kind\":\"TASK\",\"name\":\"a\",\"state\":\"RUNNING\",\"awaits\":[],\"awaitedBy\":[],\"frames\":[]}";
    }

    @EnabledIfSystemProperty(named = "weft.hostile.full", matches = "true")
    @ParameterizedTest
    @ValueSource(strings = {"error", "array", "deep", "object", "null"})
    void answerThatLiesInOtherWays_isARowWithItsProblem(String lie) throws Exception {
        answerThatLies_isARowWithItsProblem(lie);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "throws-its-own", "huge", "nested"})
    void answerThatLies_isARowWithItsProblem(String lie) throws Exception {
        try (var liar = Liar.start(folder, "-Xmx700m", "-Dlie=" + lie)) {
            assertThat(problemOf(liar)).contains("process " + liar.pid()).hasSizeLessThan(1000);
        }
    }

    @Test
    void answerInACircle_isARowWithItsProblem() throws Exception {
        var circle = dump("circle.json", task(1, 3) + "," + task(2, 1) + "," + task(3, 2));
        var twice = dump("twice.json", task(1, 0) + "," + task(1, 0));
        var deep = new ArrayList<String>();
        for (var i = 1; i < 20_000; i++) {
            deep.add(task(i, i - 1));
        }
        for (var file : new String[] {circle, twice, dump("deep.json", String.join(",", deep))}) {
            try (var liar = Liar.start(folder, "-Dlie=" + file)) {
                assertThat(problemOf(liar)).contains("cannot read");
            }
        }
    }

    @Test
    void answerThatNeverComes_delaysNoOther() throws Exception {
        var honest = dump("honest.json", task(1, 0) + "," + task(2, 1));
        try (var silent = Liar.start(folder, "-Dlie=never");
                var good = Liar.start(folder, "-Dlie=" + honest)) {
            var pids = Set.of(silent.pid(), good.pid());
            var rows = Jvms.thatUseWeft(PATIENCE, pids::contains);
            assertThat(rows).hasSize(2).anySatisfy(row -> {
                assertThat(row.pid()).isEqualTo(good.pid());
                assertThat(row.tasks()).isEqualTo(2);
            });
            assertThat(rows)
                    .anySatisfy(row -> assertThat(String.valueOf(row.problem())).contains("did not answer"));
        }
    }

    @EnabledIfSystemProperty(named = "weft.hostile.full", matches = "true")
    @ParameterizedTest
    @ValueSource(strings = {"25-ea", "", "\u001b[2J", "-1"})
    void versionOfOddForms_endsNothing(String version) throws Exception {
        versionOfAnyForm_endsNothing(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.0.1", "99999999999999999999"})
    void versionOfAnyForm_endsNothing(String version) throws Exception {
        var honest = dump("versions.json", task(1, 0));
        try (var liar = Liar.start(folder, "-Dlie=" + honest, "-Dlie.version=" + version);
                var good = Liar.start(folder, "-Dlie=" + honest)) {
            assertThat(look(liar, good)).anySatisfy(row -> {
                assertThat(row.pid()).isEqualTo(good.pid());
                assertThat(row.tasks()).isEqualTo(1);
            });
        }
    }

    @EnabledIfSystemProperty(named = "weft.hostile.full", matches = "true")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "service:jmx:rmi:///jndi/rmi://127.0.0.1:PORT/x",
                "service:jmx:rmi://127.0.0.1/jndi/rmi://127.0.0.1:PORT/x",
                "service:jmx:rmi://127.0.0.1:PORT/jndi/ldap://127.0.0.1:PORT/x",
                "service:jmx:iiop://127.0.0.1:PORT/x",
                "nonsense",
                ""
            })
    void otherAddressOfItsChoice_isNotFollowed(String address) throws Exception {
        addressOfItsChoice_isNotFollowed(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service:jmx:rmi:///jndi/ldap://127.0.0.1:PORT/x",
                "service:jmx:rmi://other.example:PORT/stub/rO0ABQ=="
            })
    void addressOfItsChoice_isNotFollowed(String address) throws Exception {
        try (var liar = Liar.start(folder, "-Dlie=throws", "-Dagent.address=" + address)) {
            assertThat(problemOf(liar)).contains("is not followed");
            assertThat(liar.wasVisited()).isFalse();
        }
    }

    /** The stub in the address names a host; the agent is reached on this machine all the same. */
    @Test
    void hostInTheStub_isNotConnectedTo() throws Exception {
        var honest = dump("elsewhere.json", task(1, 0));
        try (var liar = Liar.start(folder, "-Dlie=" + honest, "-Djava.rmi.server.hostname=192.0.2.1")) {
            assertThat(look(liar))
                    .singleElement()
                    .satisfies(row -> assertThat(row.tasks()).isEqualTo(1));
        }
    }

    @Test
    void anotherUsersProcess_isLookedIntoOnlyWhenAskedFor() throws Exception {
        assertThatThrownBy(() -> Candidate.checkOwner(7, Optional.of("bob"), Optional.of("root"), false))
                .isInstanceOfSatisfying(
                        CannotInspectException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_PERMITTED))
                .hasMessageContaining("--any-user");
        Candidate.checkOwner(7, Optional.of("bob"), Optional.of("root"), true);
        Candidate.checkOwner(7, Optional.of("bob"), Optional.of("bob"), false);
    }
}
