package samples.bugs.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import samples.bugs.Bug;

/** A class makes an instance of its subclass in a static field; two threads begin at one end each. */
@Bug(report = "palantir/atlasdb#4374", needs = Bug.Needs.CLASSES, finding = "deadlock")
class SuperclassMakesSubclass {

    static class Reference {
        static final Reference DUMMY = new ImmutableReference("dummy");

        final String name;

        Reference(String name) {
            this.name = name;
        }

        static int length() {
            return DUMMY.name.length();
        }
    }

    static final class ImmutableReference extends Reference {
        ImmutableReference(String name) {
            super(name);
        }
    }

    static class MendedReference {
        final String name;

        MendedReference(String name) {
            this.name = name;
        }

        static int length() {
            return MendedImmutableReference.DUMMY.name.length();
        }
    }

    static final class MendedImmutableReference extends MendedReference {
        static final MendedReference DUMMY = new MendedImmutableReference("dummy");

        MendedImmutableReference(String name) {
            super(name);
        }
    }

    private static void beginAtBothEnds(Supplier<?> subclass, Supplier<?> superclass) throws InterruptedException {
        var results = new ConcurrentLinkedQueue<Object>();
        var one = Thread.ofVirtual().name("subclass").start(() -> results.add(subclass.get()));
        var other = Thread.ofVirtual().name("superclass").start(() -> results.add(superclass.get()));
        one.join();
        other.join();
        assertEquals(2, results.size());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        beginAtBothEnds(() -> new ImmutableReference("mine"), Reference::length);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        beginAtBothEnds(() -> new MendedImmutableReference("mine"), MendedReference::length);
    }
}
