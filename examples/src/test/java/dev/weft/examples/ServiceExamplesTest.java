package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ExceptionGroup;
import dev.weft.sync.RateLimiter;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceExamplesTest {

    @Test
    void requestFanOut_oneLateOneBroken_theOthersAreGiven() throws Exception {
        var lateOneEnded = new AtomicBoolean();

        var page = RequestFanOut.page(
                service -> {
                    switch (service) {
                        case "reviews" -> throw new IOException("no route to host");
                        case "offers" -> {
                            try {
                                sleep(FOREVER);
                            } finally {
                                lateOneEnded.set(true);
                            }
                        }
                        default -> {}
                    }
                    return service;
                },
                ofMillis(500));

        assertThat(page).containsExactly("customer", "orders", "prices", "reviews (no route to host)", "offers (late)");
        assertThat(lateOneEnded).isTrue();
    }

    @Test
    void manyPages_limitPasses_whatHasComeIsKept() throws Exception {
        var running = new AtomicInteger();
        var mostRunning = new AtomicInteger();
        Iterable<Integer> numbers = IntStream.iterate(0, i -> i + 1)::iterator;

        var pages = ManyPages.fetchAll(numbers, ofMillis(500), number -> {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return sleep(number < 250 ? ofMillis(1) : FOREVER, "page " + number);
            } finally {
                running.decrementAndGet();
            }
        });

        assertThat(pages.keySet())
                .containsExactlyElementsOf(IntStream.range(0, 250).boxed().toList());
        assertThat(pages).containsEntry(249, "page 249");
        assertThat(mostRunning).hasValue(100);
        assertThat(running).hasValue(0);
    }

    @Test
    void manyPages_pageFails_isTriedTwice() throws Exception {
        var attempts = new ConcurrentHashMap<Integer, Integer>();

        var pages = ManyPages.fetchAll(IntStream.range(0, 3).boxed().toList(), FOREVER, number -> {
            var attempt = attempts.merge(number, 1, Integer::sum);
            if (number == 1 || number == 2 && attempt == 1) {
                throw new IOException("attempt " + attempt);
            }
            return "page " + number;
        });

        assertThat(pages.values()).containsExactly("page 0", "failed: attempt 2", "page 2");
    }

    @Test
    void cancelJdbcLikeCall_tooLate_statementIsCancelled() {
        assertThatThrownBy(() -> CancelJdbcLikeCall.query(new CancelJdbcLikeCall.Statement(), ofMillis(50)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("50ms")
                .satisfies(e -> assertThat(e.getCause().getCause())
                        .isInstanceOf(SQLException.class)
                        .hasMessage("statement was cancelled"));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void cancelJdbcLikeCall_answerInTime_isReturned() throws Exception {
        var statement = new CancelJdbcLikeCall.Statement();
        statement.complete("one row");

        assertThat(CancelJdbcLikeCall.query(statement, FOREVER)).isEqualTo("one row");
    }

    @Test
    void crawl_pageFailsTwice_allAreFound() throws Exception {
        var attempts = new ConcurrentHashMap<String, Integer>();
        var pages = IntStream.range(0, 50).mapToObj(i -> "page " + i).toList();

        var found = Crawl.crawl(
                page -> {
                    var attempt = attempts.merge(page, 1, Integer::sum);
                    if (page.equals("page 7") && attempt < 3) {
                        throw new IOException("attempt " + attempt);
                    }
                    return page + " after " + attempt;
                },
                pages,
                new RateLimiter(1000, ofMillis(1), 1000));

        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(pages);
        assertThat(found).containsEntry("page 7", "page 7 after 3").containsEntry("page 8", "page 8 after 1");
    }

    @Test
    void crawl_pageFailsForGood_groupTellsWhy() {
        assertThatThrownBy(() -> Crawl.crawl(
                        page -> {
                            throw new IOException("gone");
                        },
                        List.of("a", "b"),
                        new RateLimiter(1000, ofMillis(1), 1000)))
                .isInstanceOf(ExceptionGroup.class)
                .satisfies(e ->
                        assertThat(((ExceptionGroup) e).exceptions()).first().isInstanceOf(IOException.class));
    }
}
