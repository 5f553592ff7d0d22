package samples.bugs.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import samples.bugs.Bug;

/** A listener is added unless the list has it already, in two steps. */
@Bug(report = "apache/commons-lang#1781", needs = Bug.Needs.CALLS, finding = "expected: <1> but was: <2>")
class ListenerAddedTwice {

    private interface Support<L> {
        void add(L listener);

        int count();
    }

    private record Broken<L>(List<L> listeners) implements Support<L> {
        @Override
        public void add(L listener) {
            if (!listeners.contains(listener)) {
                listeners.add(listener);
            }
        }

        @Override
        public int count() {
            return listeners.size();
        }
    }

    private record Mended<L>(CopyOnWriteArrayList<L> listeners) implements Support<L> {
        @Override
        public void add(L listener) {
            listeners.addIfAbsent(listener);
        }

        @Override
        public int count() {
            return listeners.size();
        }
    }

    private static void addTwice(Support<Runnable> support) throws InterruptedException {
        Runnable listener = () -> {};
        var added = new CountDownLatch(2);
        for (var i = 0; i < 2; i++) {
            Thread.startVirtualThread(() -> {
                support.add(listener);
                added.countDown();
            });
        }
        added.await();
        assertEquals(1, support.count());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        addTwice(new Broken<>(new CopyOnWriteArrayList<>()));
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        addTwice(new Mended<>(new CopyOnWriteArrayList<>()));
    }
}
