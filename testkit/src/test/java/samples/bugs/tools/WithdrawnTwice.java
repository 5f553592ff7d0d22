package samples.bugs.tools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import samples.bugs.Bug;

/** An account of Fray's examples: the balance is atomic, the question whether it is enough is not. */
@Bug(report = "cmu-pasta/fray-examples, BankAccount", needs = Bug.Needs.CALLS, finding = "overdrawn")
class WithdrawnTwice {

    private final AtomicInteger balance = new AtomicInteger(1_000);

    private void withdraw(int amount) {
        if (balance.get() >= amount) {
            balance.addAndGet(-amount);
        }
    }

    private void withdrawAtOnce(int amount) {
        balance.getAndUpdate(before -> before >= amount ? before - amount : before);
    }

    private void two(IntConsumer withdrawal) throws InterruptedException {
        var threads = new Thread[] {new Thread(() -> withdrawal.accept(500)), new Thread(() -> withdrawal.accept(700))};
        for (var thread : threads) {
            thread.start();
        }
        for (var thread : threads) {
            thread.join();
        }
        assertTrue(balance.get() >= 0, "overdrawn");
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        two(this::withdraw);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        two(this::withdrawAtOnce);
    }
}
