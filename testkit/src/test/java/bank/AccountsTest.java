package bank;

import dev.weft.test.junit.SimulationTest;
import org.junit.jupiter.api.Disabled;

/** The program of docs/testing-deep.md. */
@Disabled("run by DeepGuideTest")
class AccountsTest {

    static final class Account {
        private int balance = 100;

        static void transfer(Account from, Account to, int amount) {
            synchronized (from) {
                synchronized (to) {
                    from.balance -= amount;
                    to.balance += amount;
                }
            }
        }
    }

    @SimulationTest(deep = true)
    void transfersBothWays() throws InterruptedException {
        var one = new Account();
        var two = new Account();
        var there = Thread.ofVirtual().name("there").start(() -> Account.transfer(one, two, 10));
        var back = Thread.ofVirtual().name("back").start(() -> Account.transfer(two, one, 10));
        there.join();
        back.join();
    }
}
