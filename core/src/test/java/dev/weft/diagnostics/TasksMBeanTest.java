package dev.weft.diagnostics;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Runner;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;

/** The MBean, made by its class's name as a client from outside does it. */
class TasksMBeanTest {

    private static final String[] SIGNATURE = {"int"};

    @Test
    void mbeanMadeByName_tellsWhatRuns() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var name = new ObjectName("dev.weft:type=Tasks,id=test");
        server.createMBean("dev.weft.diagnostics.Tasks", name);
        try (var runner = Runner.builder().signals(false).build()) {
            runner.run(() -> {
                createTask("seen from outside", () -> sleep(FOREVER));
                var json = TinyJson.object((String) server.invoke(name, "dump", new Object[] {2}, SIGNATURE));
                assertThat((List<?>) json.get("entries"))
                        .anyMatch(entry -> "seen from outside".equals(((Map<?, ?>) entry).get("name")));
                assertThat((String) server.invoke(name, "text", new Object[] {0}, SIGNATURE))
                        .contains("task 'seen from outside'");
                assertThatThrownBy(() -> server.invoke(name, "dump", new Object[] {-1}, SIGNATURE))
                        .isInstanceOf(RuntimeMBeanException.class)
                        .hasRootCauseInstanceOf(IllegalArgumentException.class);
            });
        } finally {
            server.unregisterMBean(name);
        }
    }

    @Test
    void register_severalHaveNamesOfTheirOwn_andEachIsRemovedOnce() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var first = new ObjectName("dev.weft:type=Tasks");
        var second = new ObjectName("dev.weft:type=Tasks,id=2");
        var registration = Tasks.register();
        try (var _ = Tasks.register()) {
            assertThat((String) server.invoke(first, "text", new Object[] {0}, SIGNATURE))
                    .startsWith("Weft dump");
            assertThat(server.isRegistered(second)).isTrue();
            registration.remove();
            assertThat(server.isRegistered(first)).isFalse();
            try (var _ = Tasks.register()) {
                registration.remove();
                assertThat(server.isRegistered(first)).isTrue();
            }
        } finally {
            registration.remove();
        }
        assertThat(server.queryNames(new ObjectName("dev.weft:*"), null)).isEmpty();
    }

    @Test
    void register_withoutTheModuleItNeeds_saysWhichOne() throws Exception {
        var program = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--limit-modules",
                        "java.base",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Registering.class.getName())
                .start();
        assertThat(program.errorReader().lines())
                .first()
                .asString()
                .contains("IllegalStateException")
                .contains("--add-modules java.management");
        assertThat(program.waitFor()).isOne();
    }

    static final class Registering {
        public static void main(String... args) {
            Tasks.register();
        }
    }
}
