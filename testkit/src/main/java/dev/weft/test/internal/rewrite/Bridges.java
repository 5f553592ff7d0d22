package dev.weft.test.internal.rewrite;

import dev.weft.test.internal.hooks.SwitchPoints;
import dev.weft.test.internal.rewrite.Treatment.Before;
import dev.weft.test.internal.rewrite.Treatment.Outside;
import dev.weft.test.internal.rewrite.Treatment.Route;
import dev.weft.test.internal.rewrite.Treatment.WithExecutor;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Static methods added to one class, each of which makes one call of the JDK with its hooks. A call with several
 * arguments has its receiver deep in the stack, and a method reference has no instruction of its own: both are made
 * here. The methods are private and synthetic, so that they count for no serial version and no reader.
 */
final class Bridges {

    /** A bridge: the receiver's type is part of it, as a method reference needs that type exactly. */
    private record Bridge(Call call, Treatment treatment, MethodTypeDesc type) {}

    private final ClassDesc owner;
    private final boolean isInterface;
    private final Map<Bridge, String> names = new LinkedHashMap<>();

    Bridges(ClassDesc owner, boolean isInterface) {
        this.owner = owner;
        this.isInterface = isInterface;
    }

    /** Calls the bridge, which takes what the call takes. */
    void invoke(CodeBuilder code, Call call, Treatment treatment) {
        var type = type(call, call.ownerDesc());
        code.invokestatic(owner, name(call, treatment, type), type, isInterface);
    }

    /** The bridge for a method reference. */
    DirectMethodHandleDesc handle(Call call, Treatment treatment, ClassDesc receiver) {
        var type = type(call, receiver);
        var kind = isInterface ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC : DirectMethodHandleDesc.Kind.STATIC;
        return MethodHandleDesc.ofMethod(kind, owner, name(call, treatment, type), type);
    }

    private static MethodTypeDesc type(Call call, ClassDesc receiver) {
        if (call.isConstructor()) {
            return call.type().changeReturnType(call.ownerDesc());
        }
        return call.isStatic() ? call.type() : call.type().insertParameterTypes(0, receiver);
    }

    private String name(Call call, Treatment treatment, MethodTypeDesc type) {
        var stem = SwitchPoints.BRIDGE + (call.isConstructor() ? "new" : call.name()) + "$";
        return names.computeIfAbsent(new Bridge(call, treatment, type), bridge -> stem + names.size());
    }

    /** Adds the bridges that were asked for. */
    void addTo(ClassBuilder builder) {
        names.forEach((bridge, name) -> builder.withMethodBody(
                name,
                bridge.type,
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                code -> body(code, bridge)));
    }

    private static void body(CodeBuilder code, Bridge bridge) {
        var call = bridge.call;
        switch (bridge.treatment) {
            case Before before -> {
                if (call.isStatic() || call.isConstructor()) {
                    Emitter.hook(code, "callStatic", before.what());
                    construct(code, call);
                } else {
                    code.aload(0);
                    Emitter.hookWithTop(code, before.hook(), before.what());
                    code.pop();
                }
                load(code, bridge.type);
                Emitter.invoke(code, call);
                Emitter.after(code, before);
            }
            case Route route -> {
                load(code, bridge.type);
                Emitter.route(code, call, route);
            }
            case WithExecutor executor -> {
                Emitter.withExecutor(code, call, () -> load(code, bridge.type));
                return;
            }
            case Outside outside -> {
                Emitter.hook(code, "outside", outside.what());
                construct(code, call);
                load(code, bridge.type);
                Emitter.invoke(code, call);
            }
            case Treatment.Initializes initializes -> {
                Emitter.initialize(code, call.ownerDesc());
                construct(code, call);
                load(code, bridge.type);
                Emitter.invoke(code, call);
            }
            case Treatment.OfLibrary library -> throw new IllegalStateException("no bridge is needed for " + call);
            case Treatment.Nothing nothing -> throw new IllegalStateException("no bridge is needed for " + call);
        }
        code.return_(TypeKind.from(bridge.type.returnType()));
    }

    private static void construct(CodeBuilder code, Call call) {
        if (call.isConstructor()) {
            code.new_(call.ownerDesc()).dup();
        }
    }

    private static void load(CodeBuilder code, MethodTypeDesc type) {
        for (int i = 0; i < type.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(type.parameterType(i)), code.parameterSlot(i));
        }
    }

    /** Whether a call can be told its receiver in place, without a bridge. */
    static boolean isNeeded(Call call, Treatment treatment) {
        return switch (treatment) {
            case Before before ->
                !call.isStatic()
                        && call.opcode() != Opcode.INVOKESPECIAL
                        && call.type().parameterCount() > 1;
            case WithExecutor executor -> call.opcode() != Opcode.INVOKESPECIAL;
            case Route route -> false;
            case Outside outside -> false;
            case Treatment.Initializes initializes -> false;
            case Treatment.OfLibrary library -> false;
            case Treatment.Nothing nothing -> false;
        };
    }
}
