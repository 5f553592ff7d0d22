package dev.weft.test.internal.rewrite;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.util.List;

/**
 * Method references to the JDK, as {@code queue::take}, and those that initialize a class. The call is made by a class
 * that the JDK spins, where no class loader sees it: the reference is pointed at a bridge.
 */
final class References {

    private static final int SERIALIZABLE = 1;

    private final ClassContext context;
    private final String method;

    References(ClassContext context, String method) {
        this.context = context;
        this.method = method;
    }

    void dynamic(CodeBuilder code, InvokeDynamicInstruction instruction) {
        var bootstrap = instruction.bootstrapMethod();
        var arguments = instruction.bootstrapArgs();
        if (!bootstrap.owner().descriptorString().equals("Ljava/lang/invoke/LambdaMetafactory;")
                || !(arguments.get(1) instanceof DirectMethodHandleDesc target)) {
            code.with(instruction);
            return;
        }
        var call = Call.of(target);
        var treatment = call == null ? Treatment.NOTHING : treatment(call);
        if (call == null || treatment instanceof Treatment.Nothing) {
            code.with(instruction);
        } else if (isSerializable(arguments)) {
            // its serial form names the method, and is compared with the name in the class
            if (!method.equals("$deserializeLambda$")) {
                context.leave(
                        context.className() + "." + method,
                        "a serializable reference to " + call.what() + " has no switch point");
            }
            code.with(instruction);
        } else {
            code.invokedynamic(redirected(instruction, bootstrap, arguments, call, treatment));
        }
    }

    private Treatment treatment(Call call) {
        var treatment = context.treatment(call);
        if (treatment instanceof Treatment.OfLibrary) {
            return Treatment.NOTHING; // a bridge might not be allowed to call it
        }
        return treatment instanceof Treatment.Nothing && initializes(call) ? new Treatment.Initializes() : treatment;
    }

    private boolean initializes(Call call) {
        return (call.isConstructor() && context.initializes(call.owner(), null))
                || (call.isStatic()
                        && context.initializes(
                                call.owner(), call.name() + call.type().descriptorString()));
    }

    private DynamicCallSiteDesc redirected(
            InvokeDynamicInstruction instruction,
            DirectMethodHandleDesc bootstrap,
            List<ConstantDesc> arguments,
            Call call,
            Treatment treatment) {
        var type = instruction.typeSymbol();
        var receiver = type.parameterCount() > 0 && !call.isStatic() && !call.isConstructor()
                ? type.parameterType(0)
                : call.ownerDesc();
        var changed = arguments.toArray(ConstantDesc[]::new);
        changed[1] = context.bridges().handle(call, treatment, receiver);
        return DynamicCallSiteDesc.of(bootstrap, instruction.name().stringValue(), type, changed);
    }

    private static boolean isSerializable(List<ConstantDesc> arguments) {
        return arguments.size() > 3 && arguments.get(3) instanceof Integer flags && (flags & SERIALIZABLE) != 0;
    }
}
