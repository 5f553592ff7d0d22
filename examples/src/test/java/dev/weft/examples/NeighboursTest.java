package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.weft.CancelledException;
import dev.weft.ExceptionGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Weft beside Failsafe, Resilience4j and Jox: results come through, and so do cancellations, and nothing is tried
 * after.
 */
class NeighboursTest {

    /** The two programs with policies, which do the same. */
    enum Policies {
        FAILSAFE {
            private final dev.failsafe.CircuitBreaker<String> breaker = WithFailsafe.breaker();

            @Override
            List<String> prices(Shop shop, List<String> articles, Duration limit) throws Exception {
                return WithFailsafe.prices(shop, breaker, articles, limit);
            }

            @Override
            long failuresCounted() {
                return breaker.getFailureCount();
            }

            @Override
            void reset() {
                breaker.open(); // a breaker that is closed already would keep its counts
                breaker.close();
            }
        },
        RESILIENCE4J {
            private final io.github.resilience4j.circuitbreaker.CircuitBreaker breaker = WithResilience4j.breaker();

            @Override
            List<String> prices(Shop shop, List<String> articles, Duration limit) throws Exception {
                return WithResilience4j.prices(shop, breaker, articles, limit);
            }

            @Override
            long failuresCounted() {
                return breaker.getMetrics().getNumberOfFailedCalls();
            }

            @Override
            void reset() {
                breaker.reset();
            }
        };

        abstract List<String> prices(Shop shop, List<String> articles, Duration limit) throws Exception;

        abstract long failuresCounted();

        abstract void reset();
    }

    /** Does what it is told for each article, and knows how often it was asked and how that ended. */
    private static final class Recorder implements Shop {

        private final Shop shop;
        private final ConcurrentHashMap<String, Integer> calls = new ConcurrentHashMap<>();
        private final List<Throwable> interruptions = new CopyOnWriteArrayList<>();
        private final AtomicInteger inside = new AtomicInteger();

        Recorder(Shop shop) {
            this.shop = shop;
        }

        @Override
        public String price(String article) throws IOException, InterruptedException {
            calls.merge(article, 1, Integer::sum);
            inside.incrementAndGet();
            try {
                return shop.price(article);
            } catch (InterruptedException e) {
                interruptions.add(e);
                throw e;
            } finally {
                inside.decrementAndGet();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsTwice_isTriedAgain(Policies policies) throws Exception {
        policies.reset();
        var attempts = new ConcurrentHashMap<String, Integer>();
        var shop = new Recorder(article -> {
            if (article.equals("bread") && attempts.merge(article, 1, Integer::sum) < 3) {
                throw new IOException("connection reset");
            }
            return article + "!";
        });
        assertThat(policies.prices(shop, List.of("tea", "bread", "figs"), FOREVER))
                .containsExactly("tea!", "bread!", "figs!");
        assertThat(shop.calls).containsEntry("bread", 3).containsEntry("tea", 1);
        assertThat(policies.failuresCounted()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void limitPasses_callIsCancelledOnce_notTriedAgain_notCounted(Policies policies) {
        policies.reset();
        var shop = new Recorder(article -> article.equals("bread") ? sleep(FOREVER, article) : article);
        assertThatThrownBy(() -> policies.prices(shop, List.of("tea", "bread"), ofMillis(300)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("300ms");
        assertThat(shop.calls).containsEntry("bread", 1);
        assertThat(shop.interruptions).singleElement().isInstanceOf(CancelledException.class);
        assertThat(shop.inside).hasValue(0);
        assertThat(policies.failuresCounted()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void oneFailsForGood_theOthersAreCancelled_groupTellsWhy(Policies policies) {
        policies.reset();
        var othersInside = new CountDownLatch(1);
        var shop = new Recorder(article -> {
            if (article.equals("bread")) {
                othersInside.await();
                throw new IOException("gone");
            }
            othersInside.countDown();
            return sleep(FOREVER, article);
        });
        assertThatThrownBy(() -> policies.prices(shop, List.of("tea", "bread"), ofSeconds(60)))
                .isInstanceOfSatisfying(
                        ExceptionGroup.class,
                        group -> assertThat(group.exceptions())
                                .singleElement()
                                .isInstanceOf(IOException.class)
                                .asInstanceOf(THROWABLE)
                                .hasMessage("gone"));
        assertThat(shop.calls).containsEntry("bread", 4).containsEntry("tea", 1);
        assertThat(shop.inside).hasValue(0);
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void callThatAnInterruptStops_isStoppedToo(Policies policies) {
        policies.reset();
        var shop = new Recorder(article -> {
            Thread.sleep(Long.MAX_VALUE);
            return article;
        });
        assertThatThrownBy(() -> policies.prices(shop, List.of("tea", "bread"), ofMillis(500)))
                .isInstanceOf(TimeoutException.class);
        assertThat(shop.interruptions).hasSize(2);
        assertThat(shop.calls).containsEntry("bread", 1).containsEntry("tea", 1);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void jox_itemsOfBothCome_firstThatIsDoneEndsTheOther() throws Exception {
        var seen = new ArrayList<String>();
        var othersEnd = new CopyOnWriteArrayList<Throwable>();
        WithJox.follow(
                channel -> {
                    for (var i = 0; i < 20; i++) {
                        channel.send("a" + i);
                    }
                    channel.done();
                },
                channel -> {
                    try {
                        for (var i = 0; ; i++) {
                            channel.send("b" + i);
                        }
                    } catch (InterruptedException e) {
                        othersEnd.add(e);
                        throw e;
                    }
                },
                seen::add);
        assertThat(seen.stream().filter(item -> item.startsWith("a"))).hasSize(20);
        assertThat(seen).contains("a0", "a19");
        assertThat(othersEnd).hasSize(1);
    }

    @Test
    void jox_limitPassesInASelect_allAreCancelled() {
        var ended = new AtomicInteger();
        WithJox.Sender silent = channel -> {
            try {
                sleep(FOREVER);
            } finally {
                ended.incrementAndGet();
            }
        };
        assertThatThrownBy(() -> timeout(ofMillis(200), () -> WithJox.follow(silent, silent, item -> {})))
                .isInstanceOf(TimeoutException.class);
        assertThat(ended).hasValue(2);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void programs_runAndPrint() {
        var prices = List.of("tea costs 30", "bread costs 50", "cheese costs 60", "figs costs 40");
        assertThat(printed(WithFailsafe::main)).isEqualTo(prices);
        assertThat(printed(WithResilience4j::main)).isEqualTo(prices);
        assertThat(printed(WithJox::main)).singleElement().asString().contains("tick 1", "tick 5");
    }

    private interface Program {
        void main(String... args) throws Exception;
    }

    private static List<String> printed(Program program) {
        var restore = Printed.replaceSystemOut();
        try {
            return Printed.by(() -> {
                try {
                    program.main();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        } finally {
            restore.run();
        }
    }
}
