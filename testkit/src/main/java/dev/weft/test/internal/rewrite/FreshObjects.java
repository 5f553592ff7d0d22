package dev.weft.test.internal.rewrite;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the calls of a method on a mutable object of the JDK that the method has made and no other thread has: it has
 * not been stored, returned or given to anybody. Follows the stack and the variables, again and again until a jump back
 * brings nothing new.
 */
final class FreshObjects {

    private static final Set<String> MAKERS = Set.of(
            "java/util/regex/Pattern.matcher",
            "java/nio/charset/Charset.newEncoder",
            "java/nio/charset/Charset.newDecoder");

    private final Map<Label, FrameSlots> known = new HashMap<>();
    private final BitSet fresh = new BitSet();
    private @Nullable FrameSlots slots;
    private boolean changed;
    private int position;
    private int calls;

    private FreshObjects() {}

    /** The numbers of such calls, where 0 is the first call of any sort. */
    static BitSet calls(CodeModel code) {
        var elements = code.elementList();
        if (elements.stream().noneMatch(FreshObjects::makes)) {
            return new BitSet();
        }
        return elements.stream().anyMatch(DiscontinuedInstruction.class::isInstance)
                ? new BitSet()
                : new FreshObjects().follow(code, elements);
    }

    private BitSet follow(CodeModel code, List<CodeElement> elements) {
        code.exceptionHandlers().forEach(each -> known.put(each.handler(), FrameSlots.unknown(1)));
        do {
            changed = false;
            slots = FrameSlots.unknown(0);
            fresh.clear();
            position = 0;
            calls = 0;
            elements.forEach(this::accept);
        } while (changed);
        return fresh;
    }

    private static boolean makes(CodeElement element) {
        return switch (element) {
            case NewObjectInstruction made ->
                MutableTypes.contains(made.className().asSymbol());
            case InvokeInstruction call -> isMaker(call);
            default -> false;
        };
    }

    private static boolean isMaker(InvokeInstruction call) {
        var name = call.name().stringValue();
        return call.opcode() == Opcode.INVOKESTATIC
                ? !isView(name)
                        && MutableTypes.contains(call.typeSymbol().returnType())
                        && MutableTypes.contains(call.owner().asSymbol())
                : MAKERS.contains(call.owner().asInternalName() + "." + name);
    }

    /** Whether it makes an object that shares its state with an argument. */
    private static boolean isView(String name) {
        return name.equals("wrap") || name.startsWith("of");
    }

    private void accept(CodeElement element) {
        position++;
        if (element instanceof LabelTarget target) {
            if (slots != null) {
                reaches(target.label(), slots);
            }
            var here = known.get(target.label());
            slots = here == null ? null : here.copy();
        } else if (element instanceof Instruction instruction) {
            if (slots != null) {
                execute(slots, instruction);
            }
            if (instruction instanceof InvokeInstruction) {
                calls++;
            }
        }
    }

    private void reaches(Label label, FrameSlots with) {
        var before = known.putIfAbsent(label, with.copy());
        changed |= before == null || before.keepCommon(with);
    }

    private void execute(FrameSlots slots, Instruction instruction) {
        switch (instruction) {
            case LoadInstruction load -> load(slots, load);
            case StoreInstruction store -> store(slots, store);
            case ConstantInstruction constant -> slots.pushOther(size(constant.typeKind()));
            case FieldInstruction field -> field(slots, field);
            case InvokeInstruction call -> call(slots, call);
            case InvokeDynamicInstruction call -> {
                giveAway(slots, call.typeSymbol());
                slots.pushOther(size(TypeKind.from(call.typeSymbol().returnType())));
            }
            case NewObjectInstruction made -> slots.push(makes(made) ? position : 0);
            case NewMultiArrayInstruction made -> {
                slots.pop(made.dimensions());
                slots.push(0);
            }
            case ArrayLoadInstruction load -> {
                slots.pop(2);
                slots.pushOther(size(load.typeKind()));
            }
            case ArrayStoreInstruction store -> {
                slots.forget(size(store.typeKind()));
                slots.pop(2 + size(store.typeKind()));
            }
            case TypeCheckInstruction check -> {
                if (check.opcode() == Opcode.INSTANCEOF) {
                    slots.pop();
                    slots.push(0);
                }
            }
            case MonitorInstruction monitor -> slots.pop();
            case OperatorInstruction operator -> operator(slots, operator);
            case ConvertInstruction convert -> {
                slots.pop(size(convert.fromType()));
                slots.pushOther(size(convert.toType()));
            }
            case StackInstruction stack -> stack(slots, stack.opcode());
            case BranchInstruction branch -> branch(slots, branch);
            case LookupSwitchInstruction lookup -> jumps(slots, lookup.defaultTarget(), lookup.cases());
            case TableSwitchInstruction table -> jumps(slots, table.defaultTarget(), table.cases());
            case ReturnInstruction end -> this.slots = null;
            case ThrowInstruction end -> this.slots = null;
            default -> {} // a new array takes its length; others leave the stack as it is
        }
    }

    private static int size(TypeKind kind) {
        return kind.slotSize();
    }

    private static void load(FrameSlots slots, LoadInstruction load) {
        if (load.typeKind() == TypeKind.REFERENCE) {
            slots.push(slots.load(load.slot()));
        } else {
            slots.pushOther(size(load.typeKind()));
        }
    }

    private static void store(FrameSlots slots, StoreInstruction store) {
        var object = slots.pop();
        if (size(store.typeKind()) == 2) {
            slots.pop();
            slots.store(store.slot() + 1, 0);
        }
        slots.store(store.slot(), object);
    }

    private static void field(FrameSlots slots, FieldInstruction field) {
        var size = size(TypeKind.from(field.typeSymbol()));
        switch (field.opcode()) {
            case GETSTATIC -> slots.pushOther(size);
            case GETFIELD -> {
                slots.pop();
                slots.pushOther(size);
            }
            default -> {
                slots.forget(size);
                slots.pop(field.opcode() == Opcode.PUTFIELD ? size + 1 : size);
            }
        }
    }

    private void call(FrameSlots slots, InvokeInstruction call) {
        var type = call.typeSymbol();
        giveAway(slots, type);
        var receiver = call.opcode() == Opcode.INVOKESTATIC ? 0 : slots.pop();
        if (call.name().equalsString("<init>")) {
            if (type.parameterList().stream().anyMatch(MutableTypes::contains)) {
                slots.forgetObject(receiver); // it uses the argument from now on
            }
            return;
        }
        fresh.set(calls, receiver != 0);
        if (MutableTypes.contains(type.returnType())) {
            slots.push(isMaker(call) ? position : receiver); // mostly itself, else a part or a view of it
        } else {
            slots.pushOther(size(TypeKind.from(type.returnType())));
        }
    }

    /** Pops the arguments of a call, which others may have from now on. */
    private static void giveAway(FrameSlots slots, MethodTypeDesc type) {
        var size = type.parameterList().stream()
                .mapToInt(each -> size(TypeKind.from(each)))
                .sum();
        slots.forget(size);
        slots.pop(size);
    }

    private static void operator(FrameSlots slots, OperatorInstruction operator) {
        var size = size(operator.typeKind());
        switch (operator.opcode()) {
            case INEG, LNEG, FNEG, DNEG, ARRAYLENGTH -> {}
            case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR -> slots.pop();
            case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> {
                slots.pop(2 * size);
                slots.push(0);
            }
            default -> slots.pop(size);
        }
    }

    private static void stack(FrameSlots slots, Opcode opcode) {
        switch (opcode) {
            case POP -> slots.pop(1);
            case POP2 -> slots.pop(2);
            case DUP -> slots.duplicate(1, 0);
            case DUP_X1 -> slots.duplicate(1, 1);
            case DUP_X2 -> slots.duplicate(1, 2);
            case DUP2 -> slots.duplicate(2, 0);
            case DUP2_X1 -> slots.duplicate(2, 1);
            case DUP2_X2 -> slots.duplicate(2, 2);
            default -> slots.swap();
        }
    }

    private void branch(FrameSlots slots, BranchInstruction branch) {
        slots.pop(
                switch (branch.opcode()) {
                    case GOTO, GOTO_W -> 0;
                    case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
                    default -> 2;
                });
        reaches(branch.target(), slots);
        if (branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W) {
            this.slots = null;
        }
    }

    private void jumps(FrameSlots slots, Label otherwise, List<SwitchCase> cases) {
        slots.pop(1);
        reaches(otherwise, slots);
        cases.forEach(each -> reaches(each.target(), slots));
        this.slots = null;
    }
}
