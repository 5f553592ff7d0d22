package dev.weft.test.internal.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading the JVM's own text. */
class MonitorDumpTest {

    private final Thread thread = Thread.ofVirtual().unstarted(() -> {});

    private MonitorDump dump(String... lines) {
        var all = new java.util.ArrayList<String>();
        all.add("#" + thread.threadId() + " \"one\" virtual WAITING 2026-01-01T00:00:00Z");
        all.addAll(List.of(lines));
        return MonitorDump.of(all, List.of(thread));
    }

    @Test
    void threadThatWaitsForANotify_doesNotHoldThatMonitor() {
        var dump = dump(
                "    at java.base/java.lang.Object.wait0(Native Method)",
                "    - waiting on <a.Buffer@1f>",
                "    at a.Buffer.take(Buffer.java:7)",
                "    - locked <a.Buffer@1f>",
                "    at a.Main.run(Main.java:3)",
                "    - locked <a.Other@2e>");
        assertThat(dump.awaited(thread)).isEqualTo(new MonitorDump.Monitor("a.Buffer", "a.Buffer@1f"));
        assertThat(dump.held(thread)).extracting(held -> held.monitor().type()).containsExactly("a.Other");
    }

    /** Compiled code need not keep the object. */
    @Test
    void monitorThatTheJvmDoesNotName_isTheInnermostOne() {
        var dump = dump(
                "    at java.base/java.lang.Object.wait0(Native Method)",
                "    - waiting on <no object reference available>",
                "    at a.Buffer.take(Buffer.java:7)",
                "    - locked <a.Buffer@1f>",
                "    at a.Main.run(Main.java:3)",
                "    - locked <a.Other@2e>");
        assertThat(dump.awaited(thread)).isEqualTo(new MonitorDump.Monitor("a.Buffer", "a.Buffer@1f"));
        assertThat(dump.held(thread)).extracting(held -> held.monitor().type()).containsExactly("a.Other");
    }

    @Test
    void waitThatTheJvmDoesNotMention_isOneForTheInnermostMonitor() {
        var dump = dump(
                "    at java.base/java.lang.Object.wait0(Native Method)",
                "    at java.base/java.lang.Object.wait(Object.java:382)",
                "    at a.Buffer.take(Buffer.java:7)",
                "    - locked <a.Buffer@1f>");
        assertThat(dump.awaited(thread)).isEqualTo(new MonitorDump.Monitor("a.Buffer", "a.Buffer@1f"));
        assertThat(dump.held(thread)).isEmpty();
    }

    /** To make and remove a folder for each took half the time of a failing schedule. */
    @Test
    void dumps_shareAFolder_andLeaveNothingInIt() throws Exception {
        MonitorDump.take(List.of(thread));
        var folder = MonitorDump.folder();
        MonitorDump.take(List.of(thread));
        assertThat(MonitorDump.folder()).isEqualTo(folder).isEmptyDirectory();
    }

    @Test
    void folderThatWasRemoved_isMadeAgain() throws Exception {
        var folder = MonitorDump.folder();
        java.nio.file.Files.delete(folder);
        assertThat(MonitorDump.folder()).isEmptyDirectory().isNotEqualTo(folder);
    }
}
