package dev.weft;

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

/**
 * The calls of each method, in byte code, and which of them are made with a lock or monitor held.
 *
 * <p>A section is what a handler of all exceptions guards that first releases a lock. A lambda counts as called where
 * it is made, unless it is handed to another thread there.
 */
public final class SectionCalls {

    private static final Set<String> WORDS = Set.of("state", "word", "taken");

    /** Calls that hand what they are given to another thread, or another time. */
    private static final Set<String> LATER =
            Set.of("schedule", "scheduleWatch", "startBeside", "soon", "start", "unstarted");

    /** @param owner its internal name */
    public record Method(String owner, String name, String type) {

        public static boolean isOf(Method method, Class<?> type, String name) {
            return method.owner.equals(internalName(type)) && method.name.equals(name);
        }

        /** What an overriding method has in common with this. */
        public String signature() {
            return name + type;
        }

        @Override
        public String toString() {
            return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
        }
    }

    /** @param isLambda made there of this method, to be called by somebody else */
    public record Call(Method method, boolean isLambda) {}

    /** By type: its superclass first. */
    private final Map<String, List<String>> supertypes = new HashMap<>();

    private final Map<Method, Set<Call>> calls = new HashMap<>();
    private final Map<Method, Set<Call>> callsInSections = new HashMap<>();
    private int count;

    private SectionCalls() {}

    public static SectionCalls in(Path folder) throws IOException {
        var sections = new SectionCalls();
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
    public SectionCalls and(Class<?> type) throws IOException {
        try (var bytes = type.getResourceAsStream("/" + internalName(type) + ".class")) {
            read(bytes.readAllBytes());
        }
        return this;
    }

    public static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    /** The number of sections. */
    public int count() {
        return count;
    }

    public Map<Method, Set<Call>> calls() {
        return calls;
    }

    /** Those that are made with a lock held, by the method that does. */
    public Map<Method, Set<Call>> inSections() {
        return callsInSections;
    }

    /** The superclass first; empty for types that have not been read. */
    public List<String> supertypes(String type) {
        return supertypes.getOrDefault(type, List.of());
    }

    private void read(byte[] bytes) {
        var type = ClassFile.of().parse(bytes);
        var name = type.thisClass().asInternalName();
        var above = new ArrayList<String>();
        type.superclass().map(ClassEntry::asInternalName).ifPresent(above::add);
        type.interfaces().forEach(entry -> above.add(entry.asInternalName()));
        supertypes.put(name, above);
        for (var method : type.methods()) {
            method.code().ifPresent(code -> read(type, method, code));
        }
    }

    private void read(ClassModel type, MethodModel method, CodeModel code) {
        var self = new Method(
                type.thisClass().asInternalName(),
                method.methodName().stringValue(),
                method.methodType().stringValue());
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

    private static Call called(List<CodeElement> elements, int i) {
        return switch (elements.get(i)) {
            case InvokeInstruction call ->
                new Call(
                        new Method(
                                call.owner().asInternalName(),
                                call.name().stringValue(),
                                call.type().stringValue()),
                        false);
            case InvokeDynamicInstruction made
            when !isForLater(elements, i) ->
                made.bootstrapArgs().stream()
                        .filter(DirectMethodHandleDesc.class::isInstance)
                        .map(DirectMethodHandleDesc.class::cast)
                        .filter(handle -> handle.owner().isClassOrInterface())
                        .map(handle -> new Method(internalName(handle), handle.methodName(), withoutReceiver(handle)))
                        .map(method -> new Call(method, true))
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
