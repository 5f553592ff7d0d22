package dev.weft.internal.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.StoreInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The sections of Weft's own locks, in byte code: where a lock is taken, all that follows must be in a {@code try}
 * whose {@code finally} releases it by one store to a field, with no call before it. At the entry of a call the JVM may
 * throw a StackOverflowError; at a store it cannot.
 */
final class LockSections {

    private static final Set<String> RELEASED_BY = Set.of("state", "word", "taken");

    /** How many there are. */
    private int count;

    private final List<String> violations = new ArrayList<>();

    int count() {
        return count;
    }

    List<String> violations() {
        return violations;
    }

    /** Checks all classes in a folder. */
    static LockSections in(Path folder) throws IOException {
        var sections = new LockSections();
        try (var files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(sections::check);
        }
        return sections;
    }

    static LockSections in(Class<?> type) throws IOException {
        var sections = new LockSections();
        try (var bytes = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            sections.check(bytes.readAllBytes());
        }
        return sections;
    }

    private void check(Path file) {
        try {
            check(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(byte[] bytes) {
        var type = ClassFile.of().parse(bytes);
        for (var method : type.methods()) {
            var isLockItself = isLockName(method.methodName().stringValue());
            method.code().filter(code -> !isLockItself).ifPresent(code -> check(method, code));
        }
    }

    private static boolean isLockName(String name) {
        return Set.of("lock", "lockOwn", "lockReserved").contains(name);
    }

    private void check(MethodModel method, CodeModel code) {
        var elements = code.elementList();
        for (var i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof InvokeInstruction call && takesLock(call)) {
                count++;
                if (!isGuarded(elements, i)) {
                    violations.add(method.parent().orElseThrow().thisClass().asInternalName() + "."
                            + method.methodName().stringValue());
                }
            }
        }
    }

    /** The JDK's locks are none of ours. */
    private static boolean takesLock(InvokeInstruction call) {
        return call.owner().asInternalName().startsWith("dev/weft/")
                && isLockName(call.name().stringValue())
                && Set.of("()I", "(Z)I", "()J", "()V").contains(call.type().stringValue());
    }

    private static boolean isGuarded(List<CodeElement> elements, int call) {
        var begun = new ArrayList<Label>();
        for (var i = call + 1; i < elements.size() && isHarmless(elements.get(i)); i++) {
            if (elements.get(i) instanceof LabelTarget target) {
                begun.add(target.label());
            }
        }
        return elements.stream()
                .anyMatch(element -> element instanceof ExceptionCatch handler
                        && handler.catchType().isEmpty()
                        && begun.contains(handler.tryStart())
                        && releasesFirst(elements, handler.handler()));
    }

    private static boolean releasesFirst(List<CodeElement> elements, Label handler) {
        var i = 0;
        while (!(elements.get(i) instanceof LabelTarget target && target.label().equals(handler))) {
            i++;
        }
        while (isHarmless(elements.get(i)) || isFieldRead(elements.get(i))) {
            i++;
        }
        return elements.get(i) instanceof FieldInstruction store
                && store.opcode() == Opcode.PUTFIELD
                && RELEASED_BY.contains(store.name().stringValue());
    }

    private static boolean isFieldRead(CodeElement element) {
        return element instanceof FieldInstruction field && field.opcode() == Opcode.GETFIELD;
    }

    /** Cannot throw. */
    private static boolean isHarmless(CodeElement element) {
        return switch (element) {
            case StoreInstruction store -> true;
            case LoadInstruction load -> true;
            case LabelTarget target -> true;
            case LineNumber line -> true;
            case LocalVariable variable -> true;
            case LocalVariableType type -> true;
            case ExceptionCatch handler -> true;
            case java.lang.classfile.instruction.ConstantInstruction constant -> true;
            default -> false;
        };
    }
}
