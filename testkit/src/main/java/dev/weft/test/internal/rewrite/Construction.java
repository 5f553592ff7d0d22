package dev.weft.test.internal.rewrite;

import dev.weft.test.internal.hooks.Clocks;
import dev.weft.test.internal.hooks.Randoms;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.PseudoInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects that are being made by a method: the threads, pools and dates it makes, and in a constructor its own. */
final class Construction {

    private static final ClassDesc FACTORY = ClassDesc.of("java.util.concurrent.ThreadFactory");
    private static final List<String> POOLS =
            List.of("java/util/concurrent/ThreadPoolExecutor", "java/util/concurrent/ScheduledThreadPoolExecutor");

    /** Classes whose objects are made by a static method. */
    private static final Set<String> REPLACED = Set.of(
            "java/lang/Thread",
            "java/util/Timer",
            "java/util/concurrent/ForkJoinPool",
            "java/util/concurrent/ScheduledThreadPoolExecutor",
            "java/util/concurrent/SubmissionPublisher",
            "java/security/SecureRandom");

    /** Generators that have a constructor without a seed and one with it. */
    private static final Set<String> GENERATORS = Set.of("java/util/Random", "java/util/SplittableRandom");

    private final ClassContext context;
    private final boolean isConstructor;
    private final Deque<Boolean> dropped = new ArrayDeque<>();
    private @Nullable NewObjectInstruction held;
    private boolean beforeSuper;
    private boolean hidden;
    private boolean shown;

    Construction(ClassContext context, boolean isConstructor) {
        this.context = context;
        this.isConstructor = isConstructor;
        beforeSuper = isConstructor;
        hidden = isConstructor;
    }

    /** Whether nothing but the constructor can have seen its object. */
    boolean isHidden() {
        return hidden;
    }

    /** Whether a field of that class is written in the constructor's own object; before super() it must be. */
    boolean hidesPut(String owner) {
        return (hidden || beforeSuper) && owner.equals(Call.internalName(context.type()));
    }

    /** Whether the constructor has surely shown its object to others. */
    boolean isShown() {
        return shown;
    }

    /** The object itself is stored somewhere, or is given away, by the next instruction. */
    void shows() {
        shown = !beforeSuper && isConstructor;
        hidden &= !shown;
    }

    /** A call may show the object to others, so that from here on its fields count as shared. */
    void leavesThis() {
        hidden = false;
    }

    /**
     * A new thread is made by a static method, so that its "new" must not stand in the code. Takes that instruction and
     * the "dup" after it.
     */
    boolean takes(CodeBuilder code, CodeElement element) {
        if (element instanceof NewObjectInstruction object) {
            flush(code);
            if (context.replacesThreads()
                    && REPLACED.contains(object.className().asInternalName())) {
                held = object;
                return true;
            }
            dropped.push(false);
            return false;
        }
        if (held == null) {
            return false;
        }
        if (element instanceof StackInstruction stack && stack.opcode() == Opcode.DUP) {
            held = null;
            dropped.push(true);
            return true;
        }
        if (!(element instanceof PseudoInstruction)) {
            flush(code);
        }
        return false;
    }

    /** Writes an instruction that was held back. */
    void flush(CodeBuilder code) {
        if (held != null) {
            code.with(held);
            held = null;
            dropped.push(false);
        }
    }

    /** Writes the call of a constructor. */
    void constructor(CodeBuilder code, InvokeInstruction instruction, Call call) {
        if (call.type().parameterCount() > 0 && !beforeSuper) {
            leavesThis();
        }
        if (dropped.isEmpty()) {
            beforeSuper = false;
        } else if (dropped.pop()) {
            var route = Routes.ofConstructor(call.owner(), call.type());
            if (route == null) {
                throw new IllegalArgumentException("no such constructor: " + call);
            }
            Emitter.route(code, call, route);
            return;
        }
        if (POOLS.contains(call.owner())) {
            pool(code, call);
        } else if (GENERATORS.contains(call.owner()) && call.type().parameterCount() == 0) {
            code.invokestatic(
                    Randoms.class.describeConstable().orElseThrow(), "seed", MethodTypeDesc.of(ConstantDescs.CD_long));
            invoke(code, call, MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
        } else if (call.owner().equals("java/util/Date") && call.type().parameterCount() == 0) {
            code.invokestatic(
                    Clocks.class.describeConstable().orElseThrow(),
                    "currentTimeMillis",
                    MethodTypeDesc.of(ConstantDescs.CD_long));
            invoke(code, call, MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
        } else {
            switch (context.treatment(call)) {
                case Treatment.Outside outside -> Emitter.hook(code, "outside", outside.what());
                case Treatment.Before before -> Emitter.hook(code, "callStatic", before.what());
                default -> {}
            }
            code.with(instruction);
        }
    }

    /** With a factory of the hooks: it is the last argument but for a handler of what is rejected. */
    private static void pool(CodeBuilder code, Call call) {
        var parameters = call.type().parameterCount();
        var last = call.type().parameterType(parameters - 1).descriptorString();
        var isLast = !last.endsWith("RejectedExecutionHandler;");
        if (call.type().parameterList().contains(FACTORY)) {
            if (!isLast) {
                code.swap();
            }
            Emitter.adaptFactory(code);
            if (!isLast) {
                code.swap();
            }
            invoke(code, call, call.type());
            return;
        }
        Emitter.pushFactory(code);
        if (!isLast) {
            code.swap();
            parameters--;
        }
        invoke(code, call, call.type().insertParameterTypes(parameters, FACTORY));
    }

    private static void invoke(CodeBuilder code, Call call, MethodTypeDesc type) {
        code.invokespecial(call.ownerDesc(), "<init>", type);
    }
}
