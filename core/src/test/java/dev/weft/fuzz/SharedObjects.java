package dev.weft.fuzz;

import dev.weft.sync.BoundedSemaphore;
import dev.weft.sync.CapacityLimiter;
import dev.weft.sync.Event;
import dev.weft.sync.Lock;
import dev.weft.sync.PriorityQueue;
import dev.weft.sync.Queue;
import java.util.Random;

/** What the bodies of one program cooperate by. */
final class SharedObjects {

    final Lock lock = new Lock();
    final BoundedSemaphore semaphore = new BoundedSemaphore(2);
    final Event event = new Event();
    final Queue<Integer> queue = new Queue<>(2);
    final PriorityQueue<Integer> ordered;
    final CapacityLimiter limiter = new CapacityLimiter(3);

    SharedObjects(Random random) {
        ordered = new PriorityQueue<>(HostileObjects.comparator(random), 3);
    }
}
