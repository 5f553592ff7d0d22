package dev.weft.internal.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The calls that are made with a lock or monitor held, in byte code, and whether they may lead to one that interrupts a
 * strand: that may run foreign code, for which the holder would keep everybody else waiting.
 *
 * <p>A section is what a handler of all exceptions guards that first releases a lock. A lambda counts as called where
 * it is made, unless it is handed to another thread there.
 */
final class MonitorSections {

    private static final Set<String> WORDS = Set.of("state", "word", "taken");

    /** Calls that hand what they are given to another thread, or another time. */
    private static final Set<String> LATER =
            Set.of("schedule", "scheduleWatch", "startBeside", "soon", "start", "unstarted");

    private record Called(String owner, String method) {
        @Override
        public String toString() {
            return owner + "." + method;
        }
    }

    private final Map<String, Set<String>> supertypes = new HashMap<>();
    private final Map<String, Set<String>> ownersByMethod = new HashMap<>();
    private final Map<Called, Set<Called>> calls = new HashMap<>();
    private final Map<Called, Set<Called>> callsInSections = new HashMap<>();
    private int count;

    private MonitorSections() {}

    static MonitorSections in(Path folder) throws IOException {
        var sections = new MonitorSections();
        try (var files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> {
                try {
                    sections.read(Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return sections;
    }

    /** Adds a class. */
    MonitorSections and(Class<?> type) throws IOException {
        try (var bytes = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            read(bytes.readAllBytes());
        }
        return this;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** The methods that have a section in which they may come to call {@code method} of {@code type}. */
    Set<String> leadingTo(Class<?> type, String method) {
        var leading = new HashSet<Called>();
        for (var called : calls.keySet()) {
            if (called.owner.equals(type.getName().replace('.', '/')) && called.method.startsWith(method + "(")) {
                leading.add(called);
            }
        }
        if (leading.isEmpty()) {
            throw new IllegalArgumentException("there is no " + type + "." + method);
        }
        while (addCallers(leading)) {}
        var found = new TreeSet<String>();
        callsInSections.forEach((caller, all) -> all.stream()
                .filter(called -> targets(called).stream().anyMatch(leading::contains))
                .forEach(called -> found.add(caller + " calls " + called)));
        return found;
    }

    private boolean addCallers(Set<Called> leading) {
        var changed = false;
        for (var entry : calls.entrySet()) {
            if (!leading.contains(entry.getKey())
                    && entry.getValue().stream()
                            .flatMap(called -> targets(called).stream())
                            .anyMatch(leading::contains)) {
                changed |= leading.add(entry.getKey());
            }
        }
        return changed;
    }

    /** The methods that a call may end up in. */
    private List<Called> targets(Called called) {
        var targets = new ArrayList<Called>();
        if (!called.owner.startsWith("dev/weft/")) {
            return targets; // what the JDK calls back was made by a lambda, or is a user's
        }
        for (var owner : ownersByMethod.getOrDefault(called.method, Set.of())) {
            if (isSubtype(owner, called.owner) || isSubtype(called.owner, owner)) {
                targets.add(new Called(owner, called.method));
            }
        }
        return targets;
    }

    private boolean isSubtype(String type, String wanted) {
        return type.equals(wanted)
                || supertypes.getOrDefault(type, Set.of()).stream().anyMatch(supertype -> isSubtype(supertype, wanted));
    }

    private void read(byte[] bytes) {
        var type = ClassFile.of().parse(bytes);
        var name = type.thisClass().asInternalName();
        var above = new HashSet<String>();
        type.superclass().map(ClassEntry::asInternalName).ifPresent(above::add);
        type.interfaces().forEach(entry -> above.add(entry.asInternalName()));
        supertypes.put(name, above);
        for (var method : type.methods()) {
            method.code().ifPresent(code -> read(type, method, code));
        }
    }

    private void read(ClassModel type, MethodModel method, CodeModel code) {
        var self = new Called(
                type.thisClass().asInternalName(),
                method.methodName().stringValue() + method.methodType().stringValue());
        ownersByMethod.computeIfAbsent(self.method, key -> new HashSet<>()).add(self.owner);
        var all = calls.computeIfAbsent(self, key -> new HashSet<>());
        var elements = code.elementList();
        var sections = sections(elements);
        var isSynchronized = method.flags().has(AccessFlag.SYNCHRONIZED);
        count += sections.size() + (isSynchronized ? 1 : 0);
        var open = new HashSet<Label>();
        for (var i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof LabelTarget target) {
                sections.forEach(section -> {
                    if (section.tryStart().equals(target.label())) {
                        open.add(section.tryEnd());
                    }
                });
                open.remove(target.label());
            }
            var called = called(elements, i);
            if (called != null) {
                all.add(called);
                if (isSynchronized || !open.isEmpty()) {
                    callsInSections
                            .computeIfAbsent(self, key -> new HashSet<>())
                            .add(called);
                }
            }
        }
    }

    private static Called called(List<CodeElement> elements, int i) {
        return switch (elements.get(i)) {
            case InvokeInstruction call ->
                new Called(
                        call.owner().asInternalName(),
                        call.name().stringValue() + call.type().stringValue());
            case InvokeDynamicInstruction made
            when !isForLater(elements, i) ->
                made.bootstrapArgs().stream()
                        .filter(DirectMethodHandleDesc.class::isInstance)
                        .map(DirectMethodHandleDesc.class::cast)
                        .filter(handle -> handle.owner().isClassOrInterface())
                        .map(handle -> new Called(internalName(handle), handle.methodName() + withoutReceiver(handle)))
                        .findFirst()
                        .orElse(null);
            default -> null;
        };
    }

    private static String internalName(DirectMethodHandleDesc handle) {
        var descriptor = handle.owner().descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    private static String withoutReceiver(DirectMethodHandleDesc handle) {
        return handle.methodName().equals(ConstantDescs.INIT_NAME)
                ? handle.invocationType()
                        .changeReturnType(ConstantDescs.CD_void)
                        .descriptorString()
                : handle.lookupDescriptor();
    }

    private static boolean isForLater(List<CodeElement> elements, int made) {
        for (var i = made + 1; i < elements.size(); i++) {
            if (elements.get(i) instanceof InvokeInstruction taker) {
                return LATER.contains(taker.name().stringValue());
            }
        }
        return false;
    }

    private static List<ExceptionCatch> sections(List<CodeElement> elements) {
        var sections = new ArrayList<ExceptionCatch>();
        for (var element : elements) {
            if (element instanceof ExceptionCatch handler
                    && handler.catchType().isEmpty()
                    && !handler.tryStart().equals(handler.handler()) // that of the release itself
                    && releases(elements, handler.handler())) {
                sections.add(handler);
            }
        }
        return sections;
    }

    /** Whether the first thing of note that a handler does is to release a lock. */
    private static boolean releases(List<CodeElement> elements, Label handler) {
        var begun = false;
        for (var element : elements) {
            begun |= element instanceof LabelTarget target && target.label().equals(handler);
            if (begun) {
                switch (element) {
                    case MonitorInstruction monitor -> {
                        return true;
                    }
                    case FieldInstruction field
                    when field.opcode() == Opcode.PUTFIELD -> {
                        return WORDS.contains(field.name().stringValue());
                    }
                    case InvokeInstruction call -> {
                        return call.name().stringValue().equals("unlock");
                    }
                    default -> {}
                }
            }
        }
        return false;
    }
}
