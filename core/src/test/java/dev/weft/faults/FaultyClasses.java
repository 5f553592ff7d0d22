package dev.weft.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;

/** Loads Weft anew, with a call of {@link Allocations#allocate} before all that may allocate. */
final class FaultyClasses extends ClassLoader {

    private static final ClassDesc ALLOCATIONS = ClassDesc.of(Allocations.class.getName());
    /** The code of a switch is made once. */
    private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");

    /** Waits for memory, and allocates nothing itself. */
    private static final String MEMORY = "dev/weft/internal/runtime/Memory";

    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

    /** Calls of these add to a collection, copy one, or go through one. */
    private static final Set<String> ADDING = Set.of(
            "add",
            "addAll",
            "addFirst",
            "addLast",
            "put",
            "putIfAbsent",
            "offer",
            "copyOf",
            "of",
            "removeIf",
            "forEach",
            "toList",
            "toArray");

    FaultyClasses() {
        super(FaultyClasses.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith("dev.weft.") || name.equals(Allocations.class.getName())) {
                return super.loadClass(name, resolve);
            }
            var loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (var stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            var bytes = stream.readAllBytes();
            var changed = name.startsWith("dev.weft.faults.") ? bytes : withFaults(bytes);
            return defineClass(name, changed, 0, changed.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** But for initializers of classes: one that has failed fails for ever. */
    private static byte[] withFaults(byte[] bytes) {
        var file = ClassFile.of();
        var type = file.parse(bytes);
        var transform = type.thisClass().asInternalName().equals(MEMORY)
                ? ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString("pause"),
                        CodeTransform.ofStateful(FaultyClasses::mayGiveUp))
                : ClassTransform.transformingMethodBodies(FaultyClasses::isOrdinary, FaultyClasses::addFault);
        return file.transformClass(type, transform);
    }

    private static void addFault(CodeBuilder code, CodeElement element) {
        if (allocates(element)) {
            code.invokestatic(ALLOCATIONS, "allocate", NOTHING);
        }
        code.with(element);
    }

    private static CodeTransform mayGiveUp() {
        return new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                code.invokestatic(ALLOCATIONS, "pause", NOTHING);
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        };
    }

    private static boolean isOrdinary(MethodModel method) {
        return !method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
    }

    private static boolean allocates(CodeElement element) {
        return switch (element) {
            case NewObjectInstruction made -> true;
            case NewReferenceArrayInstruction made -> true;
            case NewPrimitiveArrayInstruction made -> true;
            case InvokeDynamicInstruction made ->
                made.typeSymbol().parameterCount() > 0 // a function that captures nothing is made once
                        && !made.bootstrapMethod().owner().equals(SWITCHES);
            case InvokeInstruction call ->
                call.owner().asInternalName().startsWith("java/util/")
                        && ADDING.contains(call.name().stringValue());
            default -> false;
        };
    }
}
