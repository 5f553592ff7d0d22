package samples.bugs.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import samples.bugs.Bug;

/** Searches split into parts that run in the searches' own pool: when it is full of searches, no part runs. */
@Bug(report = "instituutnederlandsetaal/BlackLab#168", needs = Bug.Needs.BLOCKING, finding = "deadlock")
class ParentsInThePoolOfTheirChildren {

    private record Search(ExecutorService parts, ArrayBlockingQueue<Integer> index) implements Callable<Integer> {

        @Override
        public Integer call() throws Exception {
            var hits = index.take();
            try {
                var halves = List.<Callable<Integer>>of(() -> hits / 2, () -> hits - hits / 2);
                var sum = 0;
                for (var half : parts.invokeAll(halves)) {
                    sum += half.get();
                }
                return sum;
            } finally {
                index.add(hits);
            }
        }
    }

    private static ExecutorService pool(String name) {
        return Executors.newFixedThreadPool(2, Thread.ofVirtual().name(name, 1).factory());
    }

    private static void searchTwice(ExecutorService searches, ExecutorService parts) throws Exception {
        var index = new ArrayBlockingQueue<Integer>(2, true, List.of(7, 7));
        try (searches;
                parts;
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var hits = IntStream.range(0, 2)
                    .mapToObj(client -> clients.submit(
                            () -> searches.submit(new Search(parts, index)).get()))
                    .toList();
            for (var each : hits) {
                assertEquals(7, each.get());
            }
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        var pool = pool("search-");
        searchTwice(pool, pool);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        searchTwice(pool("search-"), pool("part-"));
    }
}
