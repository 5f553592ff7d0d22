package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.SectionCalls.Call;
import dev.weft.SectionCalls.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No section of core's, of a monitor or another lock, calls users' code. Found in the byte code: each call in a
 * section, and the calls that it makes in turn, as far as they name their method.
 */
class LockedCallsTest {

    private static final Path CLASSES = Path.of("target", "classes");

    /** Types of which users give instances. */
    private static final Set<String> USERS = Set.of(
            "java/lang/Runnable.run",
            "java/util/concurrent/Callable.call",
            "java/util/function/Supplier.get",
            "java/util/function/Consumer.accept",
            "java/util/function/BiConsumer.accept",
            "java/util/function/Function.apply",
            "java/util/function/Predicate.test",
            "java/lang/Throwable.getCause",
            "java/lang/Throwable.getMessage",
            "java/lang/Throwable.toString",
            "dev/weft/Body.run",
            "dev/weft/VoidBody.execute",
            "dev/weft/Closer.close",
            "dev/weft/ProblemHandler.handle",
            "dev/weft/TaskListener.ended",
            "dev/weft/TaskListener.neverStarted",
            "dev/weft/TaskListener.started");

    /** Sections with such a call that is right, and why. */
    private static final Map<String, String> ALLOWED =
            Map.of("DumpSignals.close", "what it runs is Weft's own: it puts the JVM's handler back");

    /** Tries steps of Weft's own again. */
    private static final String MEMORY = "dev/weft/internal/runtime/Memory";

    private final SectionCalls sections;

    LockedCallsTest() throws IOException {
        sections = SectionCalls.in(CLASSES);
    }

    @Test
    void p11_sectionsCallNoUsersCode() {
        var found = new TreeSet<String>();
        sections.inSections()
                .forEach((where, calls) -> calls.forEach(call -> {
                    var path = pathToUsers(call);
                    if (path != null && !ALLOWED.containsKey(where.toString())) {
                        found.add(where + " → " + path);
                    }
                }));
        assertThat(sections.inSections()).hasSizeGreaterThan(60);
        assertThat(found).isEmpty();
    }

    /** The shortest, as text; null if there is none. */
    private String pathToUsers(Call call) {
        if (call.isLambda()) {
            return null; // who calls it is found where that is called
        }
        var first = call.method();
        var before = new HashMap<Method, Method>();
        var open = new ArrayDeque<Method>();
        open.add(first);
        before.put(first, first);
        for (var method = open.poll(); method != null; method = open.poll()) {
            if (USERS.contains(method.owner() + "." + method.name())) {
                return text(method, before);
            }
            for (var next : callsOf(method)) {
                if (before.putIfAbsent(next, method) == null) {
                    open.add(next);
                }
            }
        }
        return null;
    }

    private static String text(Method last, Map<Method, Method> before) {
        var path = new ArrayList<String>();
        for (var method = last; ; method = before.get(method)) {
            path.addFirst(method.toString());
            if (before.get(method).equals(method)) {
                return String.join(" → ", path);
            }
        }
    }

    /** The calls of the method that a call names, or else of the one that its class inherits. */
    private Set<Method> callsOf(Method method) {
        if (method.owner().equals(MEMORY)) {
            return Set.of();
        }
        for (var owner = method.owner(); owner != null; owner = superclass(owner)) {
            var calls = sections.calls().get(new Method(owner, method.name(), method.type()));
            if (calls != null) {
                return calls.stream()
                        .filter(call -> !call.isLambda())
                        .map(Call::method)
                        .collect(Collectors.toSet());
            }
        }
        return Set.of();
    }

    private String superclass(String type) {
        var above = sections.supertypes(type);
        return above.isEmpty() ? null : above.getFirst();
    }

    /** What must be found. */
    static final class Canary {

        private final ReentrantLock lock = new ReentrantLock();

        void locked(Runnable action) {
            lock.lock();
            try {
                indirectly(action);
            } finally {
                lock.unlock();
            }
        }

        synchronized void synchronizedly(Runnable action) {
            action.run();
        }

        void inAMonitor(Runnable action) {
            synchronized (lock) {
                action.run();
            }
        }

        void free(Runnable action) {
            lock.lock();
            try {
                lock.getHoldCount();
            } finally {
                lock.unlock();
            }
            action.run();
        }

        private static void indirectly(Runnable action) {
            action.run();
        }
    }

    @Test
    void canary_isFound() throws IOException {
        sections.and(Canary.class);
        var found = new TreeSet<String>();
        sections.inSections().forEach((where, calls) -> {
            if (where.owner().equals(SectionCalls.internalName(Canary.class))
                    && calls.stream().anyMatch(call -> pathToUsers(call) != null)) {
                found.add(where.name());
            }
        });
        assertThat(found).containsExactly("inAMonitor", "locked", "synchronizedly");
    }
}
