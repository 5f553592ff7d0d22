package samples.bugs.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicStampedReference;
import samples.bugs.Bug;

/** A stack of free nodes: between a thread's look and its compare-and-set the top leaves and comes back (ABA). */
@Bug(report = "google/re2j#121", needs = Bug.Needs.CALLS, finding = "given out twice")
class NodeThatCameBack {

    private static final class Node {
        Node next;
    }

    private interface FreeList {
        Node pop();

        void push(Node node);
    }

    private static final class Broken implements FreeList {
        private final AtomicReference<Node> top = new AtomicReference<>();

        @Override
        public Node pop() {
            for (; ; ) {
                var first = top.get();
                if (first == null || top.compareAndSet(first, first.next)) {
                    return first;
                }
            }
        }

        @Override
        public void push(Node node) {
            do {
                node.next = top.get();
            } while (!top.compareAndSet(node.next, node));
        }
    }

    private static final class Mended implements FreeList {
        private final AtomicStampedReference<Node> top = new AtomicStampedReference<>(null, 0);

        @Override
        public Node pop() {
            var stamp = new int[1];
            for (; ; ) {
                var first = top.get(stamp);
                if (first == null || top.compareAndSet(first, first.next, stamp[0], stamp[0] + 1)) {
                    return first;
                }
            }
        }

        @Override
        public void push(Node node) {
            var stamp = new int[1];
            do {
                node.next = top.get(stamp);
            } while (!top.compareAndSet(node.next, node, stamp[0], stamp[0] + 1));
        }
    }

    private static void recycle(FreeList free) throws InterruptedException {
        for (var i = 0; i < 2; i++) {
            free.push(new Node());
        }
        Set<Node> inUse = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        Runnable takeTwoGiveOneBack = () -> {
            var one = free.pop();
            var other = free.pop();
            if (one != null) {
                free.push(one);
            }
            if (other != null && !inUse.add(other)) {
                throw new AssertionError("given out twice");
            }
        };
        var mine = new AtomicReference<Node>();
        var threads = new Thread[] {
            Thread.ofVirtual().start(takeTwoGiveOneBack), Thread.ofVirtual().start(() -> mine.set(free.pop()))
        };
        for (var thread : threads) {
            thread.join();
        }
        var count = inUse.size() + (mine.get() != null && inUse.add(mine.get()) ? 1 : 0);
        for (var left = free.pop(); left != null; left = free.pop()) {
            if (!inUse.add(left)) {
                throw new AssertionError("given out twice");
            }
            count++;
        }
        assertEquals(2, count);
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        recycle(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        recycle(new Mended());
    }
}
