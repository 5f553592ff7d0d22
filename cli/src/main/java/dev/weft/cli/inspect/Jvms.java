package dev.weft.cli.inspect;

import static dev.weft.Weft.mapConcurrent;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import dev.weft.diagnostics.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the JVMs of this user that use Weft. */
public final class Jvms {

    /** How many are asked at once: each is given a thread of ours, and works a little itself. */
    private static final int AT_ONCE = 4;

    private static final int JAVA_OF_WEFT = 25;

    private static final Pattern FEATURE = Pattern.compile("\\d{1,6}");

    private Jvms() {}

    /**
     * A JVM that uses Weft, or may do.
     *
     * @param pid its process
     * @param program its main class or jar, without its arguments
     * @param runs how many runs are open in it; -1 if it cannot be looked into
     * @param tasks how many tasks are in it; -1 if it cannot be looked into
     * @param problem why it cannot be looked into; null if it can
     */
    public record Jvm(
            long pid,
            String program,
            int runs,
            int tasks,
            @Nullable String problem) {}

    /**
     * All of them, by process id. A JVM that has no Weft on its class path is asked for that and nothing else: no
     * management agent is started in it.
     *
     * <p><b>Blocking:</b> until all have answered, each for the limit at most. <b>Cancellation:</b> always a
     * cancellation point.
     *
     * @param anyUser whether to list other users' too
     */
    public static List<Jvm> thatUseWeft(Duration limit, boolean anyUser) throws InterruptedException {
        return thatUseWeft(limit, anyUser, _ -> true);
    }

    static List<Jvm> thatUseWeft(Duration limit, LongPredicate wanted) throws InterruptedException {
        return thatUseWeft(limit, false, wanted);
    }

    private static List<Jvm> thatUseWeft(Duration limit, boolean anyUser, LongPredicate wanted)
            throws InterruptedException {
        var self = ProcessHandle.current();
        var user = self.info().user();
        var others = VirtualMachine.list().stream()
                .filter(vm -> vm.id().matches("\\d+"))
                .filter(vm -> pid(vm) != self.pid() && wanted.test(pid(vm)))
                .filter(vm -> ProcessHandle.of(pid(vm)).isPresent())
                .filter(vm -> anyUser || isOf(user, pid(vm)))
                .sorted(Comparator.comparingLong(Jvms::pid))
                .toList();
        return mapConcurrent(others, AT_ONCE, vm -> look(vm, limit, anyUser)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static long pid(VirtualMachineDescriptor vm) {
        return Long.parseLong(vm.id());
    }

    private static boolean isOf(Optional<String> user, long pid) {
        var theirs = ProcessHandle.of(pid).flatMap(process -> process.info().user());
        return user.isPresent() && user.equals(theirs);
    }

    private static Optional<Jvm> look(VirtualMachineDescriptor vm, Duration limit, boolean anyUser)
            throws InterruptedException {
        var pid = pid(vm);
        try {
            Candidate.check(pid, anyUser);
            if (!asksForWeft(pid, limit)) {
                return Optional.empty();
            }
            try (var inspection = Inspection.open(pid, limit, anyUser)) {
                var entries = inspection.dump(0).entries();
                return Optional.of(new Jvm(
                        pid, program(vm), count(entries, Entry.Kind.RUN), count(entries, Entry.Kind.TASK), null));
            }
        } catch (CannotInspectException e) {
            return switch (e.kind()) {
                // it has ended meanwhile
                case NO_PROCESS, ENDED -> Optional.empty();
                default -> Optional.of(new Jvm(pid, program(vm), -1, -1, e.reason()));
            };
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // whatever it has done to this, the others are listed
            return Optional.of(new Jvm(pid, program(vm), -1, -1, "process " + pid + " cannot be looked into: " + e));
        }
    }

    /** Also the class path is looked at within the limit: it is what the process says it is. */
    private static boolean asksForWeft(long pid, Duration limit) throws CannotInspectException, InterruptedException {
        var caller = new Caller(pid, limit);
        try {
            return caller.call(() -> {
                try {
                    var attached = VirtualMachine.attach(String.valueOf(pid));
                    try {
                        return mayUseWeft(pid, attached.getSystemProperties());
                    } finally {
                        attached.detach();
                    }
                } catch (AttachNotSupportedException | IOException e) {
                    throw Refusal.of(pid, e);
                }
            });
        } finally {
            caller.end();
        }
    }

    private static boolean mayUseWeft(long pid, Properties properties) throws CannotInspectException {
        var version = properties.getProperty("java.specification.version", "0");
        var feature = FEATURE.matcher(version);
        if (!feature.lookingAt()) {
            throw new CannotInspectException(
                    CannotInspectException.Kind.NOT_UNDERSTOOD,
                    "process " + pid + " says that its Java is of the version '" + Inspection.brief(version) + "'");
        }
        return !version.startsWith("1.")
                && Integer.parseInt(feature.group()) >= JAVA_OF_WEFT
                && new ClassPath(properties).hasWeft();
    }

    private static int count(List<Entry> entries, Entry.Kind kind) {
        return (int) entries.stream().filter(entry -> entry.kind() == kind).count();
    }

    /** The first word of the command line, which is a class or a jar; its folder is of no interest. */
    private static String program(VirtualMachineDescriptor vm) {
        var name = Objects.requireNonNullElse(vm.displayName(), "");
        var space = name.indexOf(' ');
        var first = space < 0 ? name : name.substring(0, space);
        var program = first.endsWith(".jar") ? first.substring(first.lastIndexOf('/') + 1) : first;
        return program.isEmpty() ? "(unknown)" : program;
    }
}
