package dev.weft.test.internal.rewrite;

import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method.
 *
 * @param opcode the instruction
 * @param owner the internal name of the class that the instruction names
 * @param name the method
 * @param type its parameters, without a receiver, and its result
 * @param isInterface whether the owner is an interface
 */
record Call(Opcode opcode, String owner, String name, MethodTypeDesc type, boolean isInterface) {

    static Call of(InvokeInstruction instruction) {
        MemberRefEntry method = instruction.method();
        return new Call(
                instruction.opcode(),
                method.owner().asInternalName(),
                method.name().stringValue(),
                instruction.typeSymbol(),
                instruction.isInterface());
    }

    /** The call that a method reference makes; null for one that is not rewritten. */
    static @Nullable Call of(DirectMethodHandleDesc handle) {
        var opcode = switch (handle.kind()) {
            case STATIC, INTERFACE_STATIC -> Opcode.INVOKESTATIC;
            case VIRTUAL -> Opcode.INVOKEVIRTUAL;
            case INTERFACE_VIRTUAL -> Opcode.INVOKEINTERFACE;
            case CONSTRUCTOR -> Opcode.INVOKESPECIAL;
            case SPECIAL, INTERFACE_SPECIAL, GETTER, SETTER, STATIC_GETTER, STATIC_SETTER -> null;
        };
        var owner = handle.owner();
        return opcode == null || owner.isArray()
                ? null
                : new Call(
                        opcode,
                        internalName(owner),
                        handle.methodName(),
                        MethodTypeDesc.ofDescriptor(handle.lookupDescriptor()),
                        handle.isOwnerInterface());
    }

    static String internalName(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    ClassDesc ownerDesc() {
        return ClassDesc.ofInternalName(owner);
    }

    boolean isStatic() {
        return opcode == Opcode.INVOKESTATIC;
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    /** As a reader names it: {@code LinkedBlockingQueue.take}. */
    String what() {
        return simple(owner) + "." + name;
    }

    static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }
}
