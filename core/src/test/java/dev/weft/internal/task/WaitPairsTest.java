package dev.weft.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What begins a wait or a join is followed by its end, whatever is thrown in between: a strand that went on in user
 * code as one that waits would not be interrupted. In byte code, as it is easily forgotten.
 */
class WaitPairsTest {

    private static final Set<String> BEGIN = Set.of("beginWait", "beginJoin");
    private static final Set<String> END = Set.of("endWait", "endWaitFor", "endJoin");

    @Test
    void h1_everyWaitThatBegins_ends() throws Exception {
        assertThat(begins(ParkingStrand.class)).isGreaterThanOrEqualTo(5);
        assertThat(withoutEnd(ParkingStrand.class)).isEmpty();
    }

    @Test
    void canary_waitWithoutFinally_isFound() throws Exception {
        assertThat(withoutEnd(WithoutFinally.class)).containsExactly("yieldTurn");
    }

    /** As a yield once was. */
    private static final class WithoutFinally {
        void yieldTurn(ParkingStrand self) throws InterruptedException {
            self.beginWait();
            self.scheduler().yieldTurn(self);
            self.endWait();
        }
    }

    private static int begins(Class<?> type) throws IOException {
        var count = 0;
        for (var method : ClassFile.of().parse(bytes(type)).methods()) {
            count += method.code()
                    .map(code -> (int) code.elementList().stream()
                            .filter(element -> calls(element, BEGIN))
                            .count())
                    .orElse(0);
        }
        return count;
    }

    private static List<String> withoutEnd(Class<?> type) throws IOException {
        var found = new ArrayList<String>();
        for (var method : ClassFile.of().parse(bytes(type)).methods()) {
            method.code().ifPresent(code -> {
                var elements = code.elementList();
                for (var i = 0; i < elements.size(); i++) {
                    if (calls(elements.get(i), BEGIN) && !isEnded(elements, i)) {
                        found.add(method.methodName().stringValue());
                    }
                }
            });
        }
        return found;
    }

    /** At once, or by the handler of a {@code try} that begins at once. */
    private static boolean isEnded(List<CodeElement> elements, int begin) {
        var begun = new ArrayList<Label>();
        var i = begin + 1;
        for (; isHarmless(elements.get(i)); i++) {
            if (elements.get(i) instanceof LabelTarget target) {
                begun.add(target.label());
            }
        }
        return calls(elements.get(i), END)
                || elements.stream()
                        .anyMatch(element -> element instanceof ExceptionCatch handler
                                && begun.contains(handler.tryStart())
                                && endsFirst(elements, handler.handler()));
    }

    private static boolean endsFirst(List<CodeElement> elements, Label handler) {
        var i = 0;
        while (!(elements.get(i) instanceof LabelTarget target && target.label().equals(handler))) {
            i++;
        }
        while (isHarmless(elements.get(i))) {
            i++;
        }
        return calls(elements.get(i), END);
    }

    private static boolean calls(CodeElement element, Set<String> names) {
        return element instanceof InvokeInstruction call
                && !call.owner().asInternalName().endsWith("FlightEvents")
                && names.contains(call.name().stringValue());
    }

    /** Cannot throw. */
    private static boolean isHarmless(CodeElement element) {
        return !(element instanceof Instruction)
                || element instanceof StoreInstruction
                || element instanceof LoadInstruction
                || element instanceof java.lang.classfile.instruction.ConstantInstruction;
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (var bytes = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return bytes.readAllBytes();
        }
    }
}
