package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** Draws random numbers of each kind, and throws them. */
public class Numbers implements Runnable {

    /** The numbers that were drawn. */
    public static final class Drawn extends RuntimeException {
        private static final long serialVersionUID = 1;

        Drawn(String numbers) {
            super(numbers);
        }
    }

    @Override
    public void run() {
        var numbers = new ConcurrentLinkedQueue<Object>();
        Runnable draws = () -> numbers.add(ThreadLocalRandom.current().nextInt(1_000_000));
        var thread = new Thread(draws);
        thread.start();
        draws.run();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        var mine = ThreadLocalRandom.current();
        numbers.addAll(List.of(mine.nextLong(), mine.nextDouble(1), mine.nextInt(1, 1_000_000)));
        numbers.add(new Random().nextInt());
        numbers.add(new SplittableRandom().nextInt());
        numbers.add(Math.random());
        numbers.add(UUID.randomUUID());
        numbers.add(new SecureRandom().nextLong());
        var list = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Collections.shuffle(list);
        numbers.add(list);
        assertThat(numbers).doesNotHaveDuplicates();
        throw new Drawn(numbers.toString());
    }
}
