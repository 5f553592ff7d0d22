package dev.weft;

import static dev.weft.Weft.closing;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.moveOnAfter;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.uninterrupted;
import static dev.weft.sync.Attempts.hedge;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** J31, drawn from seeds: whatever fails, is cancelled or comes too late, what was opened was returned or closed. */
class DroppedValuesTest {

    private static final int SEEDS = 300;

    /** What was opened: true when it was closed. */
    private static final class Resources {

        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final Set<Resource> closedTwice = ConcurrentHashMap.newKeySet();

        Resource open() {
            return new Resource(opened.incrementAndGet());
        }

        private final class Resource implements AutoCloseable {
            private final int number;
            private final AtomicInteger closes = new AtomicInteger();

            private Resource(int number) {
                this.number = number;
            }

            @Override
            public void close() throws IOException {
                if (closes.getAndIncrement() > 0) {
                    closedTwice.add(this);
                }
                closed.incrementAndGet();
                if (number % 3 == 0) {
                    throw new IOException("it is closed, but complains");
                }
            }

            boolean isClosed() {
                return closes.get() > 0;
            }
        }
    }

    @OnEveryRuntime
    void j31_whatWasOpenedIsReturnedOrClosed(TestRuntime runtime) throws Exception {
        var problems = new ArrayList<Problem>();
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var now = seed;
            runtime.run(problems, () -> {
                var resources = new Resources();
                var returned = play(random, resources);
                assertThat(returned).as("seed %s: returned and closed", now).noneMatch(Resources.Resource::isClosed);
                assertThat(resources.closedTwice)
                        .as("seed %s: closed twice", now)
                        .isEmpty();
                assertThat(resources.closed.get() + returned.size())
                        .as("seed %s: closed and returned", now)
                        .isEqualTo(resources.opened.get());
            });
        }
    }

    private static List<Resources.Resource> play(Random random, Resources resources) throws Exception {
        var n = 1 + random.nextInt(8);
        var bodies = new ArrayList<Body<Resources.Resource, Exception>>();
        for (var i = 0; i < n; i++) {
            bodies.add(body(random, resources));
        }
        var which = random.nextInt(10);
        var delay = ofMillis(random.nextInt(3));
        var limit = random.nextInt(3) == 0 ? delay : Weft.FOREVER;
        var returned = new ArrayList<Resources.Resource>(); // some bodies cancel the task, which loses its own value
        var task = createTask(() -> {
            returned.addAll(limited(limit, which, bodies));
        });
        if (random.nextInt(3) == 0) {
            sleep(ofMillis(random.nextInt(3)));
            task.cancel();
        }
        try {
            task.await();
        } catch (Exception e) {
            assertThat(e).isInstanceOfAny(IOException.class, TimeoutException.class, CancellationException.class);
        }
        return returned;
    }

    private static List<Resources.Resource> limited(
            Duration limit, int which, List<Body<Resources.Resource, Exception>> bodies) throws Exception {
        return timeout(limit, () -> call(which, bodies));
    }

    private static List<Resources.Resource> call(int which, List<Body<Resources.Resource, Exception>> bodies)
            throws Exception {
        return switch (which) {
            case 0 -> gather(bodies);
            case 1 -> List.of(race(bodies));
            case 2 ->
                settle(bodies).stream()
                        .filter(outcome -> outcome instanceof Outcome.Success<?>)
                        .map(outcome -> ((Outcome.Success<Resources.Resource>) outcome).value())
                        .toList();
            case 3 ->
                mapConcurrent(
                        bodies,
                        2,
                        closing((Body<Resources.Resource, Exception> body) -> body.run(), AutoCloseable::close));
            case 4 -> {
                @SuppressWarnings("unchecked")
                Body<Resources.Resource, Exception>[] array = bodies.toArray(new Body[0]);
                yield List.of(hedge(ofMillis(1), array));
            }
            case 5 -> moveOnAfter(ofMillis(1), bodies.getFirst()).stream().toList();
            case 6 -> moveOnAfter(ofMillis(1), () -> call(0, bodies)).orElse(List.of());
            case 7 ->
                moveOnAfter(ofMillis(1), () -> onCancel(() -> {}, bodies.getFirst())).stream()
                        .toList();
            case 8 -> List.of(uninterrupted(bodies.getFirst()));
            default ->
                timeout(
                        ofMillis(2),
                        () -> Weft.combine(bodies.getFirst(), bodies.getLast(), (first, last) -> List.of(first, last)));
        };
    }

    private static Body<Resources.Resource, Exception> body(Random random, Resources resources) {
        var before = random.nextInt(3);
        var ending = random.nextInt(8);
        var stubborn = random.nextBoolean();
        return closing(() -> {
            try {
                sleep(ofMillis(before));
            } catch (InterruptedException e) {
                if (!stubborn) {
                    throw e;
                }
            }
            if (ending == 0) {
                throw new IOException("it does not open");
            }
            if (ending == 1) {
                Tasks.self().cancel("by itself");
            }
            return resources.open();
        });
    }
}
