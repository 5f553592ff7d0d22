package samples.bugs.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import samples.bugs.Bug;

/** Three threads latch two pages each, in a ring of orders. */
@Bug(report = "dibyendumajumdar/simpledbm#25", needs = Bug.Needs.LOCKS, finding = "deadlock")
class PagesInAnyOrder {

    private static final class Page extends ReentrantLock {
        private final int id;
        private int tuples;

        Page(int id) {
            this.id = id;
        }
    }

    private static int insert(List<Page> pages) {
        pages.forEach(Page::lock);
        try {
            return pages.stream().mapToInt(page -> ++page.tuples).sum();
        } finally {
            pages.forEach(ReentrantLock::unlock);
        }
    }

    private static void insertIntoAll(UnaryOperator<List<Page>> order) throws Exception {
        var map = new Page(1);
        var data = new Page(2);
        var index = new Page(3);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var inserts = List.of(List.of(map, data), List.of(data, index), List.of(index, map)).stream()
                    .map(order)
                    .map(pages -> threads.submit(() -> insert(pages)))
                    .toList();
            for (Future<Integer> insert : inserts) {
                insert.get();
            }
        }
        assertEquals(6, map.tuples + data.tuples + index.tuples);
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        insertIntoAll(UnaryOperator.identity());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        insertIntoAll(pages ->
                pages.stream().sorted(Comparator.comparingInt(page -> page.id)).toList());
    }
}
