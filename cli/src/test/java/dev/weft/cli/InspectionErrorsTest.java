package dev.weft.cli;

import static dev.weft.cli.Ran.look;
import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that cannot be looked into. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send, and no sleep to start")
class InspectionErrorsTest {

    /** A program without Weft: the JDK's own web server, which serves until it is told to end. */
    private static final String[] NO_WEFT = {"-m", "jdk.httpserver", "-p", "0", "-b", "127.0.0.1"};

    private static void cannot(Ran ran, int code, String... says) {
        assertThat(ran.exitCode()).isEqualTo(code);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("weft ").contains(says);
        assertThat(ran.err().lines()).hasSizeLessThan(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "1.5", "99999999999999999999"})
    void notAPid_isWrongUsage(String pid) {
        for (var command : new String[] {"ps", "pstree", "top"}) {
            cannot(weft(command, pid), 2, "PID", "'" + pid + "' is no process id", "weft " + command + " --help");
        }
    }

    @Test
    void noSuchProcess() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        cannot(weft("ps", String.valueOf(gone.pid())), 69, "there is no process " + gone.pid());
        cannot(weft("top", String.valueOf(gone.pid())), 69, "there is no process " + gone.pid());
    }

    @Test
    void itself() {
        var self = ProcessHandle.current().pid();
        cannot(weft("ps", String.valueOf(self)), 69, "process " + self + " is this very program");
    }

    @Test
    void noJvm_isNotSentASignal() throws Exception {
        try (var sleep = InspectedJvm.process("sleep", "100")) {
            cannot(weft("ps", sleep.pid()), 69, sleep.pid() + " (", "is not a Java virtual machine");
            assertThat(ProcessHandle.of(Long.parseLong(sleep.pid()))).get().matches(ProcessHandle::isAlive);
        }
    }

    @Test
    void withoutWeft() throws Exception {
        try (var other = InspectedJvm.java("", NO_WEFT)) {
            other.out().readLine();
            cannot(look("ps", other.pid()), 69, other.pid() + " does not use Weft");
        }
    }

    @Test
    void attachDisabled() throws Exception {
        try (var other = InspectedJvm.java(
                System.getProperty("java.class.path"),
                "-XX:+DisableAttachMechanism",
                InspectedProgram.class.getName(),
                "sleepers",
                "1")) {
            other.ready();
            cannot(look("pstree", other.pid()), 69, "-XX:+DisableAttachMechanism", "start it without");
        }
    }

    @Test
    void stopped_answersNotInTime() throws Exception {
        try (var stopped = InspectedJvm.running("sleepers", "1")) {
            stopped.signal("STOP");
            cannot(weft("ps", stopped.pid(), "--timeout", "300ms"), 124, "did not answer within 0.3 s", "--timeout");
            stopped.signal("CONT");
            assertThat(look("ps", stopped.pid()).exitCode())
                    .as("it is none the worse")
                    .isZero();
        }
    }

    @Test
    void javaWithoutAttach_saysWhatItLacks() throws Exception {
        var weft = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--limit-modules",
                        "java.base,java.net.http,java.logging,java.sql",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "ps",
                        "1")
                .start();
        assertThat(weft.errorReader().lines().toList())
                .singleElement()
                .asString()
                .contains("lacks jdk.attach")
                .contains("WEFT_JAVA_HOME");
        assertThat(weft.waitFor()).isEqualTo(69);
    }
}
