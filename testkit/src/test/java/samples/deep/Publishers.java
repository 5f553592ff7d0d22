package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;

/** Publishers, which call their subscribers on threads of the JDK. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class Publishers {

    private int count;

    private final class Counter implements Flow.Subscriber<Integer> {
        private final CountDownLatch completed = new CountDownLatch(1);

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Integer item) {
            count = count + item;
        }

        @Override
        public void onError(Throwable thrown) {
            throw new AssertionError(thrown);
        }

        @Override
        public void onComplete() {
            completed.countDown();
        }
    }

    private void publish(int subscribers) throws InterruptedException {
        var counters = Stream.generate(Counter::new).limit(subscribers).toList();
        try (var publisher = new SubmissionPublisher<Integer>()) {
            counters.forEach(publisher::subscribe);
            publisher.submit(1);
        }
        for (var counter : counters) {
            counter.completed.await();
        }
        assertThat(count).isEqualTo(subscribers);
    }

    @SimulationTest(deep = true)
    void faulty_subscribersOfAPublisher() throws Exception {
        publish(2);
    }

    @SimulationTest(deep = true)
    void correct_subscriberOfAPublisher() throws Exception {
        publish(1);
    }
}
