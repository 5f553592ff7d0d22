package dev.weft.cli.inspect;

import com.sun.tools.attach.VirtualMachine;
import dev.weft.cli.inspect.CannotInspectException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a process may be attached to. To be asked first: attaching sends a signal, and what is no Java process may
 * end of it.
 */
final class Candidate {

    private Candidate() {}

    /**
     * Returns if the process is a JVM of this user, as far as can be told from outside.
     *
     * @param anyUser whether it may be another user's
     * @throws CannotInspectException if it is not
     */
    static void check(long pid, boolean anyUser) throws CannotInspectException {
        if (pid == ProcessHandle.current().pid()) {
            throw new CannotInspectException(Kind.NOT_A_JVM, "process " + pid + " is this very program");
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            throw noProcess(pid);
        }
        checkOwner(pid, owner(pid), ProcessHandle.current().info().user(), anyUser);
        if (!isJvm(pid)) {
            throw new CannotInspectException(
                    Kind.NOT_A_JVM,
                    "process " + pid + command(pid) + " is not a Java virtual machine; 'weft ps' lists those that are");
        }
    }

    private static Optional<String> owner(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().user());
    }

    /** Root may look into each process, and would then believe what anybody's process says. */
    static void checkOwner(long pid, Optional<String> owner, Optional<String> self, boolean anyUser)
            throws CannotInspectException {
        if (!anyUser && owner.isPresent() && !owner.equals(self)) {
            throw notPermitted(pid, owner, self);
        }
    }

    static CannotInspectException noProcess(long pid) {
        return new CannotInspectException(
                Kind.NO_PROCESS, "there is no process " + pid + "; 'weft ps' lists those that use Weft");
    }

    static CannotInspectException notPermitted(long pid) {
        return notPermitted(pid, owner(pid), ProcessHandle.current().info().user());
    }

    static CannotInspectException notPermitted(long pid, Optional<String> owner, Optional<String> self) {
        return new CannotInspectException(
                Kind.NOT_PERMITTED,
                owner.isPresent() && owner.equals(self)
                        ? "the system does not let " + owner.get() + " look into process " + pid
                                + ", although it is theirs: it may be in a container, or protected from being traced"
                        : "process " + pid + " belongs to " + owner.orElse("another user") + ": start weft as "
                                + owner.map(user -> "that user, for example by 'sudo -u " + user + "'")
                                        .orElse("its user")
                                + "; as root, --any-user looks into it all the same");
    }

    private static boolean isJvm(long pid) throws CannotInspectException {
        if (Files.isDirectory(Path.of("/proc/self"))) {
            try {
                // a path may be in any encoding
                if (Files.readString(Path.of("/proc/" + pid + "/maps"), StandardCharsets.ISO_8859_1)
                        .contains("/libjvm.so")) {
                    return true;
                }
            } catch (AccessDeniedException e) {
                throw notPermitted(pid);
            } catch (NoSuchFileException e) {
                throw noProcess(pid);
            } catch (IOException e) {
                // it may be listed all the same
            }
        }
        return VirtualMachine.list().stream().anyMatch(vm -> vm.id().equals(String.valueOf(pid)));
    }

    private static String command(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(command -> " (" + Path.of(command).getFileName() + ")")
                .orElse("");
    }
}
