package dev.weft.test.internal.rewrite;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.PseudoInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StackInstruction;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes {@code new int[] {1, 2}} and the arrays of variable arguments: compilers duplicate a new array before each
 * element. No other thread has seen such an array.
 */
final class FreshArrays {

    private @Nullable CodeElement previous;
    private boolean previousInitialized;
    private boolean initializing;
    private int open;

    /** Whether the store that comes next fills an array that is being made. */
    boolean initializes() {
        initializing = open > 0;
        return initializing;
    }

    void saw(CodeElement element) {
        if (element instanceof PseudoInstruction) {
            return;
        }
        if (element instanceof StackInstruction stack
                && stack.opcode() == Opcode.DUP
                && (previous instanceof NewPrimitiveArrayInstruction
                        || previous instanceof NewReferenceArrayInstruction
                        || previousInitialized)) {
            open++;
        }
        previousInitialized = element instanceof ArrayStoreInstruction && initializing;
        if (previousInitialized) {
            open--;
        }
        initializing = false;
        previous = element;
    }
}
