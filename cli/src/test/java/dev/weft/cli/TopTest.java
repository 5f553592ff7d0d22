package dev.weft.cli;

import static dev.weft.cli.Ran.look;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code weft top} of other processes. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
class TopTest {

    private InspectedJvm target;

    @BeforeEach
    void start() throws Exception {
        target = InspectedJvm.running("sleepers", "20");
    }

    @AfterEach
    void stop() {
        target.close();
    }

    private static ProcessBuilder top(String... arguments) {
        var command = new java.util.ArrayList<String>();
        // who runs the tests in the background of a shell has them ignore Ctrl-C, and a process inherits that
        if (new java.io.File("/proc/self").exists()) {
            command.addAll(java.util.List.of("env", "--default-signal=INT"));
        }
        command.addAll(java.util.List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "top",
                "--timeout",
                "1m")); // the usual five seconds are too short for a busy machine
        command.addAll(java.util.List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void counted_showsThatManyPictures_withoutTerminalCodes_andLeavesNothing() throws Exception {
        var ran = look("top", target.pid(), "--count", "3", "--interval", "10ms");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).doesNotContain("\u001b");
        assertThat(ran.out().lines().filter(line -> line.startsWith("weft top - process " + target.pid())))
                .hasSize(3);
        assertThat(ran.out()
                        .lines()
                        .filter(line -> line.startsWith("22 tasks: 1 running, 21 waiting; 0 new and 0 gone")))
                .hasSize(2);
        assertThat(ran.out()).contains("sleeper-0");
        assertThat(target.ask("mbeans")).isEqualTo("0");
    }

    @Test
    void targetThatEnds_endsItWithALine() throws Exception {
        var top = top(target.pid(), "--interval", "50ms").start();
        assertThat(top.inputReader().readLine()).startsWith("weft top - process");
        target.close();
        assertThat(top.errorReader().lines().toList())
                .containsExactly("weft top: process " + target.pid() + " has ended");
        assertThat(top.waitFor()).isZero();
    }

    @Test
    void ctrlC_removesTheMBean() throws Exception {
        var top = top(target.pid(), "--interval", "1h").start();
        assertThat(top.inputReader().readLine()).startsWith("weft top - process");
        assertThat(target.ask("mbeans")).isEqualTo("1");
        signal(top, "INT");
        assertThat(top.waitFor()).isEqualTo(130);
        assertThat(top.errorReader().lines()).isEmpty();
        assertThat(target.ask("mbeans")).isEqualTo("0");
    }

    @Test
    void closedTerminal_removesTheMBean() throws Exception {
        var top = top(target.pid(), "--interval", "1h").start();
        assertThat(top.inputReader().readLine()).startsWith("weft top - process");
        signal(top, "HUP");
        top.waitFor();
        assertThat(target.ask("mbeans")).isEqualTo("0");
    }

    @Test
    void killed_leavesAnMBean_whichTheNextLookRemoves() throws Exception {
        var top = top(target.pid(), "--interval", "1h").start();
        assertThat(top.inputReader().readLine()).startsWith("weft top - process");
        top.destroyForcibly().waitFor();
        assertThat(target.ask("mbeans")).isEqualTo("1");
        assertThat(look("ps", target.pid()).exitCode()).isZero();
        assertThat(target.ask("mbeans")).isEqualTo("0");
    }

    @Test
    void readerThatGoesAway_endsIt() throws Exception {
        var top = top(target.pid(), "--interval", "10ms").start();
        assertThat(top.inputReader().readLine()).startsWith("weft top - process");
        top.inputReader().close();
        assertThat(top.waitFor()).isEqualTo(141);
        assertThat(target.ask("mbeans")).isEqualTo("0");
    }
}
