package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No section of core's, of a monitor or another lock, calls users' code. Found in the byte code: each call in a
 * section, and the calls that it makes in turn, as far as they name their method.
 */
class LockedCallsTest {

    private static final Path CLASSES = Path.of("target", "classes");

    /** Types of which users give instances. */
    private static final Set<String> USERS = Set.of(
            "java/lang/Runnable.run",
            "java/util/concurrent/Callable.call",
            "java/util/function/Supplier.get",
            "java/util/function/Consumer.accept",
            "java/util/function/BiConsumer.accept",
            "java/util/function/Function.apply",
            "java/util/function/Predicate.test",
            "java/lang/Throwable.getCause",
            "java/lang/Throwable.getMessage",
            "java/lang/Throwable.toString",
            "dev/weft/Body.run",
            "dev/weft/VoidBody.execute",
            "dev/weft/Closer.close",
            "dev/weft/ProblemHandler.handle",
            "dev/weft/TaskListener.ended",
            "dev/weft/TaskListener.neverStarted",
            "dev/weft/TaskListener.started");

    /** Sections with such a call that is right, and why. */
    private static final Map<String, String> ALLOWED =
            Map.of("DumpSignals.close", "what it runs is Weft's own: it puts the JVM's handler back");

    /** Tries steps of Weft's own again. */
    private static final String MEMORY = "dev/weft/internal/runtime/Memory";

    private record Method(String owner, String name, String type) {
        @Override
        public String toString() {
            return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
        }
    }

    private final Map<String, ClassModel> classes;
    private final Map<Method, Set<Method>> calls = new HashMap<>();

    LockedCallsTest() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            classes = files.filter(path -> path.toString().endsWith(".class"))
                    .map(LockedCallsTest::parse)
                    .collect(Collectors.toMap(type -> type.thisClass().asInternalName(), type -> type));
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void p11_sectionsCallNoUsersCode() {
        var found = new TreeSet<String>();
        var sections = 0;
        for (var type : classes.values()) {
            for (var method : type.methods()) {
                var locked = callsInSections(method);
                sections += locked.isEmpty() ? 0 : 1;
                for (var call : locked) {
                    var path = pathToUsers(call);
                    var where = new Method(
                            type.thisClass().asInternalName(),
                            method.methodName().stringValue(),
                            "");
                    if (path != null && !ALLOWED.containsKey(where.toString())) {
                        found.add(where + " → " + path);
                    }
                }
            }
        }
        assertThat(sections).isGreaterThan(60);
        assertThat(found).isEmpty();
    }

    /** The shortest, as text; null if there is none. */
    private String pathToUsers(Method first) {
        var before = new HashMap<Method, Method>();
        var open = new ArrayDeque<Method>();
        open.add(first);
        before.put(first, first);
        for (var method = open.poll(); method != null; method = open.poll()) {
            if (USERS.contains(method.owner + "." + method.name)) {
                return text(method, before);
            }
            for (var next : callsOf(method)) {
                if (before.putIfAbsent(next, method) == null) {
                    open.add(next);
                }
            }
        }
        return null;
    }

    private static String text(Method last, Map<Method, Method> before) {
        var path = new ArrayList<String>();
        for (var method = last; ; method = before.get(method)) {
            path.addFirst(method.toString());
            if (before.get(method).equals(method)) {
                return String.join(" → ", path);
            }
        }
    }

    private Set<Method> callsOf(Method method) {
        var known = calls.get(method);
        if (known == null) {
            known = new HashSet<>();
            calls.put(method, known);
            if (method.owner.equals(MEMORY)) {
                return known;
            }
            for (var type = classes.get(method.owner); type != null; type = superclass(type)) {
                for (var declared : type.methods()) {
                    if (declared.methodName().equalsString(method.name)
                            && declared.methodType().equalsString(method.type)) {
                        known.addAll(calls(declared, 0, Integer.MAX_VALUE));
                        return known;
                    }
                }
            }
        }
        return known;
    }

    private ClassModel superclass(ClassModel type) {
        return type.superclass()
                .map(above -> classes.get(above.asInternalName()))
                .orElse(null);
    }

    private static Set<Method> callsInSections(MethodModel method) {
        var found = new HashSet<Method>();
        if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
            found.addAll(calls(method, 0, Integer.MAX_VALUE));
        }
        var code = method.findAttribute(Attributes.code()).orElse(null);
        if (code != null) {
            for (CodeElement element : code) {
                if (element instanceof ExceptionCatch handler
                        && handler.catchType().isEmpty()
                        && unlocks(code, code.labelToBci(handler.handler()))) {
                    found.addAll(calls(method, code.labelToBci(handler.tryStart()), code.labelToBci(handler.tryEnd())));
                }
            }
        }
        return found;
    }

    /** Whether the handler that begins there, up to its throw, gives a lock back. */
    private static boolean unlocks(CodeAttribute code, int start) {
        var at = 0;
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                if (at >= start) {
                    if (isUnlock(instruction)) {
                        return true;
                    }
                    if (instruction.opcode() == Opcode.ATHROW) {
                        return false;
                    }
                }
                at += instruction.sizeInBytes();
            }
        }
        return false;
    }

    private static boolean isUnlock(Instruction instruction) {
        return switch (instruction) {
            case InvokeInstruction call -> call.name().equalsString("unlock");
            case FieldInstruction field ->
                field.opcode() == Opcode.PUTFIELD
                        && List.of("word", "state", "taken")
                                .contains(field.name().stringValue());
            default -> instruction.opcode() == Opcode.MONITOREXIT;
        };
    }

    private static Set<Method> calls(MethodModel method, int start, int end) {
        var found = new HashSet<Method>();
        var code = method.findAttribute(Attributes.code()).orElse(null);
        if (code == null) {
            return found;
        }
        var at = 0;
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                if (at >= start && at < end && instruction instanceof InvokeInstruction call) {
                    found.add(new Method(
                            call.owner().asInternalName(),
                            call.name().stringValue(),
                            call.type().stringValue()));
                }
                at += instruction.sizeInBytes();
            }
        }
        return found;
    }

    /** What must be found. */
    static final class Canary {

        private final ReentrantLock lock = new ReentrantLock();

        void locked(Runnable action) {
            lock.lock();
            try {
                indirectly(action);
            } finally {
                lock.unlock();
            }
        }

        synchronized void synchronizedly(Runnable action) {
            action.run();
        }

        void inAMonitor(Runnable action) {
            synchronized (lock) {
                action.run();
            }
        }

        void free(Runnable action) {
            lock.lock();
            try {
                lock.getHoldCount();
            } finally {
                lock.unlock();
            }
            action.run();
        }

        private static void indirectly(Runnable action) {
            action.run();
        }
    }

    @Test
    void canary_isFound() throws IOException {
        var name = Canary.class.getName().replace('.', '/');
        try (var stream = Canary.class.getClassLoader().getResourceAsStream(name + ".class")) {
            var canary = ClassFile.of().parse(stream.readAllBytes());
            classes.put(name, canary);
            var found = new TreeSet<String>();
            for (var method : canary.methods()) {
                if (callsInSections(method).stream().anyMatch(call -> pathToUsers(call) != null)) {
                    found.add(method.methodName().stringValue());
                }
            }
            assertThat(found).containsExactly("inAMonitor", "locked", "synchronizedly");
        }
    }
}
