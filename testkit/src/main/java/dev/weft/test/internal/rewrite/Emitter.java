package dev.weft.test.internal.rewrite;

import dev.weft.test.internal.hooks.SwitchPoints;
import dev.weft.test.internal.hooks.Threads;
import dev.weft.test.internal.rewrite.Treatment.Before;
import dev.weft.test.internal.rewrite.Treatment.Route;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** The instructions that are added. */
final class Emitter {

    private static final ClassDesc POINTS =
            SwitchPoints.class.describeConstable().orElseThrow();
    private static final ClassDesc THREADS = Threads.class.describeConstable().orElseThrow();
    private static final ClassDesc EXECUTOR = ClassDesc.of("java.util.concurrent.Executor");
    private static final ClassDesc FACTORY = ClassDesc.of("java.util.concurrent.ThreadFactory");
    private static final MethodTypeDesc WHAT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    private static final MethodTypeDesc CLASS = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Class);
    private static final MethodTypeDesc SUBJECT_AND_WHAT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_String);
    private static final MethodTypeDesc ELEMENT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_int);

    private Emitter() {}

    /** Has a class initialized. */
    static void initialize(CodeBuilder code, ClassDesc type) {
        code.ldc(type).invokestatic(POINTS, "initialize", CLASS);
    }

    /** Calls a hook of an initializer. */
    static void ofInitializer(CodeBuilder code, String hook, ClassDesc type) {
        code.ldc(type).invokestatic(POINTS, hook, CLASS);
    }

    /** Calls a hook that takes a name only. */
    static void hook(CodeBuilder code, String hook, String what) {
        code.ldc(what).invokestatic(POINTS, hook, WHAT);
    }

    /** Calls a hook with the object on top of the stack, which stays there. */
    static void hookWithTop(CodeBuilder code, String hook, String what) {
        code.dup().ldc(what).invokestatic(POINTS, hook, SUBJECT_AND_WHAT);
    }

    /** Calls a hook with the object below a value; both stay where they are. */
    static void hookBelow(CodeBuilder code, TypeKind value, String hook, String what) {
        if (value.slotSize() == 1) {
            code.dup2().pop().ldc(what).invokestatic(POINTS, hook, SUBJECT_AND_WHAT);
        } else {
            code.dup2_x1().pop2();
            hookWithTop(code, hook, what);
            code.dup_x2().pop();
        }
    }

    /** Before a load: the stack is array, index. */
    static void hookElement(CodeBuilder code) {
        code.dup2().invokestatic(POINTS, "readElement", ELEMENT);
    }

    /** Before a store: the stack is array, index, value. */
    static void hookElementBelow(CodeBuilder code, TypeKind value) {
        if (value.slotSize() == 1) {
            code.dup_x2().pop().dup2().invokestatic(POINTS, "writeElement", ELEMENT);
            code.dup2_x1().pop2();
        } else {
            code.dup2_x2().pop2().dup2().invokestatic(POINTS, "writeElement", ELEMENT);
            code.dup2_x2().pop2();
        }
    }

    /** The call as it was. */
    static void invoke(CodeBuilder code, Call call) {
        code.invoke(call.opcode(), call.ownerDesc(), call.name(), call.type(), call.isInterface());
    }

    /** The static method in place of the call. */
    static void route(CodeBuilder code, Call call, Route route) {
        code.invokestatic(route.owner(), route.name(), route.type());
        var wanted = call.isConstructor() ? call.ownerDesc() : call.type().returnType();
        if (!wanted.equals(route.type().returnType())) {
            code.checkcast(wanted);
        }
    }

    static void after(CodeBuilder code, Before before) {
        if (before.after()) {
            hook(code, "afterCall", before.what());
        }
    }

    static void pushFactory(CodeBuilder code) {
        code.invokestatic(THREADS, "factory", MethodTypeDesc.of(FACTORY));
    }

    /** The factory on top of the stack becomes one of threads that the hooks control. */
    static void adaptFactory(CodeBuilder code) {
        code.invokestatic(THREADS, "adapted", MethodTypeDesc.of(FACTORY, FACTORY));
    }

    /** The body of a bridge: the call on its parameters, with an executor if there is one. */
    static void withExecutor(CodeBuilder code, Call call, Runnable loadParameters) {
        hook(code, "callStatic", call.what());
        var slot = code.allocateLocal(TypeKind.REFERENCE);
        code.invokestatic(THREADS, "asyncExecutor", MethodTypeDesc.of(EXECUTOR)).astore(slot);
        loadParameters.run();
        var plain = code.newLabel();
        code.aload(slot).ifnull(plain).aload(slot);
        var type = call.type().insertParameterTypes(call.type().parameterCount(), EXECUTOR);
        code.invoke(call.opcode(), call.ownerDesc(), call.name(), type, call.isInterface())
                .areturn()
                .labelBinding(plain);
        invoke(code, call);
        code.areturn();
    }
}
