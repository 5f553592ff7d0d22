package dev.weft.cli.inspect;

import dev.weft.cli.inspect.CannotInspectException.Kind;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.Query;
import javax.management.ReflectionException;

/**
 * The MBean by which a process tells of its tasks. The process is asked to make it, from the class that Weft has for
 * that, under a name that is this program's alone; a process that has registered one itself lends its own. Used by one
 * thread.
 */
final class TasksBean {

    private static final String CLASS = "dev.weft.diagnostics.Tasks";
    private static final String SOME_CLASS_OF_WEFT = "dev.weft.Weft";
    private static final String CLIENT = "client";
    private static final String SINCE = "since";

    private final MBeanServerConnection server;
    private final long pid;
    private ObjectName name;
    private boolean ours;

    /** One that is not there yet. */
    TasksBean(MBeanServerConnection server, long pid) {
        this.server = server;
        this.pid = pid;
        this.name = ourName();
    }

    /**
     * Makes it, and removes those whose makers ended without.
     *
     * @throws CannotInspectException if the process does not use Weft
     * @throws IOException if the connection breaks
     */
    void open() throws CannotInspectException, IOException {
        removeLeftovers();
        make();
    }

    /**
     * The process's tasks, as JSON.
     *
     * @throws CannotInspectException if the process fails to tell
     * @throws IOException if the connection breaks
     */
    String dump(int frames) throws CannotInspectException, IOException {
        try {
            return invoke(frames);
        } catch (InstanceNotFoundException e) {
            // somebody has tidied up too well
            make();
        } catch (JMException e) {
            throw failed(e);
        }
        try {
            return invoke(frames);
        } catch (JMException e) {
            throw failed(e);
        }
    }

    /**
     * The same, and below the calls of handlers on other machines what their members tell. Of several memberships of
     * the process, the one with the most open calls is asked.
     *
     * @throws CannotInspectException if the process is not a member of a cluster, or fails to tell
     * @throws IOException if the connection breaks
     */
    String clusterDump(int frames) throws CannotInspectException, IOException {
        var workers = server.queryNames(pattern("dev.weft:type=Workers,*"), null).stream()
                .max(Comparator.comparingInt(this::openCalls).thenComparing(Comparator.reverseOrder()))
                .orElseThrow(() -> none("is not a member of a cluster of weft-cluster; without --cluster its own tasks"
                        + " are shown"));
        try {
            return invoke(workers, frames);
        } catch (JMException e) {
            throw failed(e);
        }
    }

    private int openCalls(ObjectName workers) {
        try {
            return server.getAttribute(workers, "Open") instanceof Integer open ? open : 0;
        } catch (IOException | JMException e) {
            return -1;
        }
    }

    private String invoke(int frames) throws JMException, IOException {
        return invoke(name, frames);
    }

    private String invoke(ObjectName on, int frames) throws JMException, IOException {
        return String.valueOf(server.invoke(on, "dump", new Object[] {frames}, new String[] {int.class.getName()}));
    }

    private CannotInspectException failed(JMException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return new CannotInspectException(
                Kind.NOT_UNDERSTOOD,
                "process " + pid + " failed to tell of its tasks, perhaps because its Weft is of another version: "
                        + Inspection.brief(String.valueOf(cause)));
    }

    /** Takes away what was made. */
    void remove() throws IOException {
        if (ours) {
            ours = false;
            unregister(name);
        }
    }

    private void unregister(ObjectName which) throws IOException {
        try {
            server.unregisterMBean(which);
        } catch (JMException e) {
            // it has gone already
        }
    }

    private void make() throws CannotInspectException, IOException {
        name = ourName();
        // before it is, lest it be left behind when the answer gets lost
        ours = true;
        try {
            server.createMBean(CLASS, name);
        } catch (InstanceAlreadyExistsException e) {
            // a second look by this very program shares it
        } catch (ReflectionException e) {
            ours = false;
            name = lent().orElseThrow(this::whyThereIsNone);
        } catch (JMException e) {
            throw failed(e);
        }
    }

    private Optional<ObjectName> lent() throws IOException {
        return server.queryNames(pattern("dev.weft:type=Tasks,*"), Query.isInstanceOf(Query.value(CLASS))).stream()
                .filter(registered -> registered.getKeyProperty(CLIENT) == null)
                .findFirst();
    }

    private CannotInspectException whyThereIsNone() {
        var version = attribute("java.lang:type=Runtime", "SpecVersion");
        if (version.matches("1\\.\\d+|\\d+") && !version.matches("2[5-9]|[3-9]\\d|\\d{3,}")) {
            return none("runs on Java " + version + ", and Weft needs 25: it cannot use Weft");
        }
        if (canSee(SOME_CLASS_OF_WEFT)) {
            return none("uses a version of Weft that cannot be looked into yet: update its weft-core");
        }
        if (isLoadedSomewhere(SOME_CLASS_OF_WEFT)) {
            return none(
                    "has Weft in a class loader of its own, as programs in one fat jar do, where nobody can reach it"
                            + " from outside: let the program itself call dev.weft.diagnostics.Tasks.register() once");
        }
        return none("does not use Weft, or has not begun to; 'weft ps' lists those that do");
    }

    private CannotInspectException none(String why) {
        return new CannotInspectException(Kind.NO_WEFT, "process " + pid + " " + why);
    }

    private String attribute(String of, String attribute) {
        try {
            return String.valueOf(server.getAttribute(pattern(of), attribute));
        } catch (IOException | JMException e) {
            return "";
        }
    }

    /**
     * Whether the class path has it. A class that is found but is not an MBean is refused in other words than a missing
     * one.
     */
    private boolean canSee(String className) {
        try {
            server.createMBean(className, name);
            unregister(name);
            return true;
        } catch (ReflectionException e) {
            return !(e.getCause() instanceof ClassNotFoundException);
        } catch (JMException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isLoadedSomewhere(String className) {
        try {
            return String.valueOf(server.invoke(
                            pattern("com.sun.management:type=DiagnosticCommand"),
                            "vmClassHierarchy",
                            new Object[] {new String[] {className}},
                            new String[] {String[].class.getName()}))
                    .contains(className);
        } catch (IOException | JMException e) {
            // a JVM without this command
            return false;
        }
    }

    private void removeLeftovers() throws IOException {
        for (var found : server.queryNames(pattern("dev.weft:type=Tasks," + CLIENT + "=*," + SINCE + "=*"), null)) {
            if (!isOfALivingClient(found)) {
                unregister(found);
            }
        }
    }

    private static boolean isOfALivingClient(ObjectName found) {
        try {
            var client = Long.parseLong(found.getKeyProperty(CLIENT));
            var since = Long.parseLong(found.getKeyProperty(SINCE));
            return ProcessHandle.of(client).map(TasksBean::startedAt).orElse(-1L) == since;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static long startedAt(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    private static ObjectName ourName() {
        var self = ProcessHandle.current();
        return pattern("dev.weft:type=Tasks," + CLIENT + "=" + self.pid() + "," + SINCE + "=" + startedAt(self));
    }

    private static ObjectName pattern(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
