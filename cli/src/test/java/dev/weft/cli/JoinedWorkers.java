package dev.weft.cli;

import dev.weft.Weft;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;

/** The MBean of a member of a cluster, as {@code weft-cluster} has it: below the first sleeper stands a remote task. */
public final class JoinedWorkers implements JoinedWorkersMBean {

    private final int open;

    private JoinedWorkers(int open) {
        this.open = open;
    }

    static String register() throws Exception {
        for (var i = 1; i < 4; i++) {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(
                            new JoinedWorkers(i % 3),
                            new ObjectName("dev.weft:type=Workers,cluster=\"pages\",member=\"c" + i + "\""));
        }
        return "joined";
    }

    @Override
    public int getOpen() {
        return open;
    }

    @Override
    public String dump(int frames) {
        var own = Weft.dump(frames);
        var entries = new ArrayList<Entry>();
        for (var entry : own.entries()) {
            entries.add(entry);
            if (entry.name().equals("sleeper-0")) {
                entries.add(new Entry(
                        1_000_000,
                        entry.id(),
                        Entry.Kind.TASK,
                        "size#1 for c1 on w1 (a1f3c2d4), as " + open + " tells",
                        Entry.State.RUNNING,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        List.of()));
            }
        }
        return new TaskDump(own.takenAt(), own.pid(), entries, List.of()).toJson();
    }
}
