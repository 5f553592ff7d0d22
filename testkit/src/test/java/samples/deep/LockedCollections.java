package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.Vector;
import org.junit.jupiter.api.Disabled;

/** Synchronized collections that are given to each other. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class LockedCollections {

    private static void together(Runnable one, Runnable other) throws InterruptedException {
        var first = new Thread(one, "first");
        var second = new Thread(other, "second");
        first.start();
        second.start();
        first.join();
        second.join();
    }

    private static List<String> list(String item) {
        return Collections.synchronizedList(new ArrayList<>(List.of(item)));
    }

    @SimulationTest(deep = true)
    void faulty_addAllBothWays() throws Exception {
        var a = list("a");
        var b = list("b");
        together(() -> a.addAll(b), () -> b.addAll(a));
    }

    @SimulationTest(deep = true)
    void faulty_vectorsBothWays() throws Exception {
        var a = new Vector<>(List.of("a"));
        var b = new Vector<>(List.of("b"));
        together(() -> a.removeAll(b), () -> b.addAll(0, a));
    }

    @SimulationTest(deep = true)
    void faulty_putAllBothWays() throws Exception {
        Map<String, Integer> a = Collections.synchronizedMap(new TreeMap<>(Map.of("a", 1)));
        Map<String, Integer> b = new Hashtable<>(Map.of("b", 2));
        together(() -> a.putAll(b), () -> b.putAll(a));
    }

    @SimulationTest(deep = true)
    void correct_copiesBothWays() throws Exception {
        var a = list("a");
        var b = list("b");
        together(() -> a.addAll(List.of(b.toArray(String[]::new))), () -> b.addAll(List.of(a.toArray(String[]::new))));
        assertThat(a).contains("b");
        assertThat(b).contains("a");
    }

    /** A view has the monitor of what it is a view of, and none of its own. */
    @SimulationTest(deep = true)
    void correct_viewsHaveOneMonitor() throws Exception {
        Map<String, Integer> map = Collections.synchronizedMap(new TreeMap<>(Map.of("a", 1, "b", 2)));
        Collection<String> keys = map.keySet();
        var list = list("b");
        together(() -> keys.removeAll(list), () -> {
            synchronized (map) {
                keys.retainAll(list);
            }
        });
        assertThat(map).isEmpty();
    }
}
