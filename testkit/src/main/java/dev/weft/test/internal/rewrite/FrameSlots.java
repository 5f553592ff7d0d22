package dev.weft.test.internal.rewrite;

import java.util.Arrays;

/** The variables and the stack of a method at one place: in each slot the number of an object, or 0 for all else. */
final class FrameSlots {

    private int[] variables;
    private int[] stack;
    private int depth;

    private FrameSlots(int[] variables, int[] stack, int depth) {
        this.variables = variables;
        this.stack = stack;
        this.depth = depth;
    }

    /** With that many slots on the stack, and nothing known of any. */
    static FrameSlots unknown(int depth) {
        return new FrameSlots(new int[8], new int[8], depth);
    }

    FrameSlots copy() {
        return new FrameSlots(variables.clone(), stack.clone(), depth);
    }

    void push(int object) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, 2 * depth);
        }
        stack[depth++] = object;
    }

    /** Other values. */
    void pushOther(int slots) {
        for (var i = 0; i < slots; i++) {
            push(0);
        }
    }

    int pop() {
        return stack[--depth];
    }

    void pop(int slots) {
        depth -= slots;
    }

    /**
     * Some slots of the stack, counted from its top, are no longer known, nor is any other that has one of their
     * objects.
     */
    void forget(int slots) {
        for (var i = 1; i <= slots; i++) {
            forgetObject(stack[depth - i]);
        }
    }

    void forgetObject(int object) {
        if (object != 0) {
            Arrays.setAll(variables, i -> variables[i] == object ? 0 : variables[i]);
            Arrays.setAll(stack, i -> stack[i] == object ? 0 : stack[i]);
        }
    }

    /** Puts a copy of the topmost slots below so many others. */
    void duplicate(int slots, int below) {
        pushOther(slots);
        var bottom = depth - 2 * slots - below;
        System.arraycopy(stack, bottom, stack, bottom + slots, slots + below);
        System.arraycopy(stack, depth - slots, stack, bottom, slots);
    }

    void swap() {
        var top = pop();
        var second = pop();
        push(top);
        push(second);
    }

    int load(int variable) {
        return variable < variables.length ? variables[variable] : 0;
    }

    void store(int variable, int object) {
        if (variable >= variables.length) {
            variables = Arrays.copyOf(variables, 2 * variable);
        }
        variables[variable] = object;
    }

    /** Keeps what is also known there. @return whether less is known than before */
    boolean keepCommon(FrameSlots other) {
        var less = false;
        for (var i = 0; i < variables.length; i++) {
            if (variables[i] != 0 && variables[i] != other.load(i)) {
                variables[i] = 0;
                less = true;
            }
        }
        for (var i = 0; i < depth; i++) {
            if (stack[i] != 0 && stack[i] != other.stack[i]) {
                stack[i] = 0;
                less = true;
            }
        }
        return less;
    }
}
