package dev.weft.test.internal.rewrite;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Rewrites the code of one method. Used once: the class-file API begins anew if a jump turns out to be too long. */
final class MethodRewriter implements CodeTransform {

    private final ClassContext context;
    private final String name;
    private final boolean isSynchronized;
    private final boolean isStatic;
    private final String what;
    private final int firstLine;

    private final Construction construction;
    private final FreshArrays freshArrays = new FreshArrays();
    private final BitSet callsOfFresh;
    private final References references;
    private @Nullable CodeElement previous;
    private @Nullable Label bodyStart;
    private int monitorSlot;
    private int calls;

    MethodRewriter(ClassContext context, MethodModel method, CodeModel code) {
        this.context = context;
        name = method.methodName().stringValue();
        isSynchronized = ClassRewriter.isSynchronized(method);
        isStatic = ClassRewriter.isStatic(method);
        what = context.simpleName() + "." + name;
        firstLine = firstLine(code);
        construction = new Construction(context, name.equals("<init>"));
        references = new References(context, name);
        callsOfFresh = FreshObjects.calls(code);
    }

    private static int firstLine(CodeModel code) {
        for (var element : code) {
            if (element instanceof LineNumber line) {
                return line.line();
            }
        }
        return 0;
    }

    private boolean isInitializer() {
        return name.equals("<clinit>");
    }

    @Override
    public void atStart(CodeBuilder code) {
        if ((isSynchronized || isInitializer()) && firstLine > 0) {
            code.lineNumber(firstLine);
        }
        if (isInitializer()) {
            Emitter.ofInitializer(code, "begins", context.type());
            Emitter.hook(code, "initializer", context.simpleName());
            bodyStart = code.newBoundLabel();
        }
        if (isSynchronized) {
            enterMonitor(code);
        }
    }

    /** The monitor of a synchronized method is entered before its first instruction: a point must come before that. */
    private void enterMonitor(CodeBuilder code) {
        monitorSlot = code.allocateLocal(TypeKind.REFERENCE);
        if (isStatic) {
            code.ldc(context.type());
        } else {
            code.aload(0);
        }
        Emitter.hookWithTop(code, "monitor", what);
        code.dup().astore(monitorSlot).monitorenter();
        bodyStart = code.newBoundLabel();
    }

    /** Before the end of a method that has been entered. */
    private void leave(CodeBuilder code) {
        if (isInitializer()) {
            Emitter.ofInitializer(code, "ends", context.type());
        } else {
            code.aload(monitorSlot).monitorexit();
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        construction.flush(code);
        if (bodyStart != null) {
            var end = code.newBoundLabel();
            leave(code);
            code.athrow();
            code.exceptionCatchAll(bodyStart, end, end);
        }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        if (construction.takes(code, element)) {
            return;
        }
        initialize(code, element);
        if (showsThis(element)) {
            construction.shows();
        }
        switch (element) {
            case FieldInstruction field -> field(code, field);
            case ArrayLoadInstruction load -> {
                if (!isInitializer()) {
                    Emitter.hookElement(code);
                }
                code.with(load);
            }
            case ArrayStoreInstruction store -> {
                if (!freshArrays.initializes() && !isInitializer()) {
                    Emitter.hookElementBelow(code, store.typeKind());
                }
                code.with(store);
            }
            case MonitorInstruction monitor -> {
                if (monitor.opcode() == Opcode.MONITORENTER) {
                    Emitter.hookWithTop(code, "monitor", what);
                }
                code.with(monitor);
            }
            case ReturnInstruction end -> {
                if (bodyStart != null) {
                    leave(code);
                }
                code.with(end);
            }
            case InvokeInstruction invoke -> {
                var call = Call.of(invoke);
                var ofFresh = callsOfFresh.get(calls++);
                if (call.isConstructor()) {
                    construction.constructor(code, invoke, call);
                } else {
                    construction.leavesThis();
                    call(code, invoke, call, ofFresh);
                }
            }
            case InvokeDynamicInstruction dynamic -> {
                construction.leavesThis();
                if (Treatments.readsShared(dynamic)) {
                    Emitter.hook(code, "callStatic", "Object.toString");
                }
                references.dynamic(code, dynamic);
            }
            // They name offsets of the old code, and are for compilers: nothing reads them at run time.
            case RuntimeVisibleTypeAnnotationsAttribute annotations -> {}
            case RuntimeInvisibleTypeAnnotationsAttribute annotations -> {}
            default -> code.with(element);
        }
        freshArrays.saw(element);
        previous = element;
    }

    /** The JVM initializes a class at its first object, static field or static method. */
    private void initialize(CodeBuilder code, CodeElement element) {
        switch (element) {
            case NewObjectInstruction object -> initialize(code, object.className(), null);
            case FieldInstruction field
            when isOfClass(field.opcode()) ->
                initialize(code, field.owner(), field.name().stringValue());
            case InvokeInstruction invoke
            when invoke.opcode() == Opcode.INVOKESTATIC ->
                initialize(
                        code,
                        invoke.owner(),
                        invoke.name().stringValue() + invoke.type().stringValue());
            default -> {}
        }
    }

    /** Whether the instruction stores {@code this} or calls something with it, as far as that is seen from here. */
    private boolean showsThis(CodeElement element) {
        var isThis = previous instanceof LoadInstruction load && load.slot() == 0;
        return switch (element) {
            case FieldInstruction field ->
                isThis && field.opcode() != Opcode.GETFIELD && field.opcode() != Opcode.GETSTATIC;
            case ArrayStoreInstruction store -> isThis;
            case InvokeDynamicInstruction dynamic -> takesThis(dynamic.typeSymbol());
            case InvokeInstruction invoke -> isThis || takesThis(invoke.typeSymbol()) || isOfThisClass(invoke);
            default -> false;
        };
    }

    private boolean isOfThisClass(InvokeInstruction invoke) {
        return invoke.opcode() != Opcode.INVOKESTATIC
                && !invoke.name().equalsString("<init>")
                && invoke.owner().asSymbol().equals(context.type());
    }

    private boolean takesThis(MethodTypeDesc type) {
        return type.parameterCount() > 0 && type.parameterType(0).equals(context.type());
    }

    private static boolean isOfClass(Opcode opcode) {
        return opcode == Opcode.GETSTATIC || opcode == Opcode.PUTSTATIC;
    }

    private void initialize(CodeBuilder code, ClassEntry owner, @Nullable String member) {
        if (context.initializes(owner.asInternalName(), member)) {
            Emitter.initialize(code, owner.asSymbol());
        }
    }

    private void call(CodeBuilder code, InvokeInstruction instruction, Call call, boolean ofFresh) {
        var treatment = ofFresh ? Treatment.NOTHING : context.treatment(call);
        if (Bridges.isNeeded(call, treatment)) {
            context.bridges().invoke(code, call, treatment);
            return;
        }
        switch (treatment) {
            case Treatment.Before before -> {
                var parameters = call.type().parameterCount();
                if (call.isStatic() || parameters > 1) {
                    Emitter.hook(code, "callStatic", before.what());
                } else if (parameters == 0) {
                    Emitter.hookWithTop(code, before.hook(), before.what());
                } else {
                    Emitter.hookBelow(code, TypeKind.from(call.type().parameterType(0)), before.hook(), before.what());
                }
                code.with(instruction);
                Emitter.after(code, before);
            }
            case Treatment.Route route -> Emitter.route(code, call, route);
            case Treatment.Outside outside -> {
                Emitter.hook(code, "outside", outside.what());
                code.with(instruction);
            }
            case Treatment.OfLibrary library -> {
                Emitter.hook(code, "callStatic", library.what());
                code.with(instruction);
            }
            case Treatment.WithExecutor executor -> code.with(instruction);
            case Treatment.Initializes initializes -> code.with(instruction);
            case Treatment.Nothing nothing -> code.with(instruction);
        }
    }

    private void field(CodeBuilder code, FieldInstruction field) {
        var owner = field.owner().asInternalName();
        if (!isInitializer() && isSeen(field, owner) && !isOfNewObject(field, owner)) {
            var named = Call.simple(owner) + "." + field.name().stringValue();
            switch (field.opcode()) {
                case GETSTATIC -> Emitter.hook(code, "readStatic", named);
                case PUTSTATIC -> Emitter.hook(code, "writeStatic", named);
                case GETFIELD -> Emitter.hookWithTop(code, "read", named);
                case PUTFIELD -> Emitter.hookBelow(code, TypeKind.from(field.typeSymbol()), "write", named);
                default -> throw new IllegalArgumentException("not an access of a field: " + field);
            }
        }
        code.with(field);
    }

    /** Whether others can notice the access. A final field is written once, perhaps after others know the object. */
    private boolean isSeen(FieldInstruction field, String owner) {
        var fieldName = field.name().stringValue();
        return context.known().isShared(owner, fieldName)
                || (field.opcode() == Opcode.PUTFIELD
                        && construction.isShown()
                        && !context.known().isSynthetic(owner, fieldName));
    }

    /** In a constructor, before anything else may have seen the object. */
    private boolean isOfNewObject(FieldInstruction field, String owner) {
        return switch (field.opcode()) {
            case PUTFIELD -> construction.hidesPut(owner);
            case GETFIELD -> construction.isHidden() && previous instanceof LoadInstruction load && load.slot() == 0;
            default -> false;
        };
    }
}
