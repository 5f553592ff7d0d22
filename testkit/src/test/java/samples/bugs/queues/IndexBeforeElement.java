package samples.bugs.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weft.test.junit.SimulationTest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import samples.bugs.Bug;

/** A ring of one producer and one consumer publishes an index before the element that it stands for. */
@Bug(report = "JCTools/JCTools#71", needs = Bug.Needs.FIELDS, finding = "expected: not <null>")
class IndexBeforeElement {

    private abstract static class Ring<T> {
        static final VarHandle TAIL;

        static {
            try {
                TAIL = MethodHandles.lookup().findVarHandle(Ring.class, "tail", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        final Object[] elements = new Object[4];
        private long tail;
        private long head;

        abstract void offer(T element);

        final long tail() {
            return (long) TAIL.getAcquire(this);
        }

        final void advance(long to) {
            TAIL.setRelease(this, to);
        }

        @SuppressWarnings("unchecked")
        final T poll() {
            if (head == tail()) {
                return null;
            }
            return (T) assertNotNullElement(elements[(int) (head++ % elements.length)]);
        }

        private static Object assertNotNullElement(Object element) {
            assertNotNull(element);
            return element;
        }
    }

    private static final class Broken<T> extends Ring<T> {
        @Override
        void offer(T element) {
            var index = tail();
            advance(index + 1);
            elements[(int) (index % elements.length)] = element;
        }
    }

    private static final class Mended<T> extends Ring<T> {
        @Override
        void offer(T element) {
            var index = tail();
            elements[(int) (index % elements.length)] = element;
            advance(index + 1);
        }
    }

    private static void pass(Ring<String> ring) throws Exception {
        var producer = Thread.ofVirtual().name("producer").start(() -> {
            ring.offer("a");
            ring.offer("b");
        });
        var text = new StringBuilder();
        while (text.length() < 2) {
            var next = ring.poll();
            if (next == null) {
                Thread.yield();
            } else {
                text.append(next);
            }
        }
        producer.join();
        assertEquals("ab", text.toString());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        pass(new Broken<>());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        pass(new Mended<>());
    }
}
