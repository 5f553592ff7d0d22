package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Body;
import dev.weft.Outcome;
import dev.weft.sync.Attempts;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

class GatherSettleRaceMapTest extends Page {

    record Order(String item, int price) {}

    @SimulationTest
    void gather_firstFailureIsThrown() throws Exception {
        // snippet gather
        try {
            gather(() -> fetch("bad host", 10), () -> fetch("slow", 10_000)); // slow is cancelled and joined
        } catch (IOException e) {
            println(e.getMessage()); // bad host is down
        }
        // end
        assertPrinted("bad host is down");
    }

    @SimulationTest
    void combine_mixesTypes() throws Exception {
        // snippet combine
        var order = combine(() -> fetch("tea", 20), () -> 3, Order::new);
        println(order); // Order[item=tea, price=3]
        // end
        assertPrinted("Order[item=tea, price=3]");
    }

    @SimulationTest
    void settle_keepsEveryOutcome() throws Exception {
        // snippet settle
        for (var outcome : settle(() -> fetch("a", 20), () -> fetch("bad host", 10))) {
            switch (outcome) {
                case Outcome.Success<String>(var value) -> println("ok " + value); // ok a
                case Outcome.Failure<String>(var failure) -> println(failure.getMessage()); // bad host is down
                case Outcome.Cancelled<String> cancelled -> println("cancelled");
            }
        }
        // end
        assertPrinted("ok a", "bad host is down");
    }

    @SimulationTest
    void race_firstSuccessWins() throws Exception {
        // snippet race
        var first = race(() -> fetch("bad host", 10), () -> fetch("near", 50), () -> fetch("far", 500));
        println(first); // near
        // end
        assertPrinted("near");
    }

    @SimulationTest
    void hedge_asksAgainLater() throws Exception {
        // snippet hedge
        var page = Attempts.hedge(ofMillis(100), () -> fetch("slow", 5000), () -> fetch("second", 50));
        println(page); // second
        // end
        assertPrinted("second");
    }

    @SimulationTest
    void map_keepsOrderAndLimit() throws Exception {
        // snippet map
        Iterable<Integer> numbers = IntStream.rangeClosed(1, 100)::iterator;
        var pages = mapConcurrent(numbers, 64, number -> fetch("page " + number, 10));
        println(pages.getLast()); // page 100
        // end
        assertPrinted("page 100");
    }

    @SimulationTest
    void wrong_noLimit() throws Exception {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "host " + i).toList();
        // snippet wrongUnlimited
        var all = gather(names.stream()
                .map(name -> (Body<String, IOException>) () -> fetch(name, 10))
                .toList());
        // end
        // snippet rightLimited
        var some = mapConcurrent(names, 8, name -> fetch(name, 10));
        // end
        assertThat(all).isEqualTo(some);
    }
}
