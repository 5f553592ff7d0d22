package dev.weft.cluster.internal.jgroups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.util.ByteArrayDataOutputStream;

/**
 * A thread and a buffer for each member, as JGroups has them; for any other destination a thread while there are
 * messages for it. JGroups would keep 140 KB and a thread for each destination that it has ever had a message for: the
 * members that have left, and the addresses at which it asks for them.
 */
final class MembersBundler extends PerDestinationBundler {

    /** Messages for one that is not a member; others are dropped, as on a full network: they are sent again. */
    private static final int MAX_WAITING = 1_000;

    private static final int SMALL = 512;

    private final ReentrantLock othersLock = new ReentrantLock();

    /** A destination is here while it has a thread. Guarded by its lock. */
    private final Map<Address, Queue<Message>> others = new HashMap<>();

    private volatile Set<Address> current = Set.of();
    private volatile boolean isStopped;

    @Override
    public void viewChange(View view) {
        current = Set.copyOf(view.getMembers());
        super.viewChange(view);
    }

    /** Some seconds after they have left. A member that is back has a use for its buffer. */
    @Override
    protected void removeLeftMembers(List<Address> left) {
        super.removeLeftMembers(
                left.stream().filter(member -> !current.contains(member)).toList());
    }

    @Override
    public void stop() {
        isStopped = true;
        super.stop();
    }

    @Override
    public void doSend(Message message) throws Exception {
        var to = message.getDest();
        if (isStopped) {
            return; // a new buffer would not be stopped any more
        }
        if (to == null || current.contains(to)) {
            super.doSend(message);
            return;
        }
        if (message.getSrc() == null) {
            message.setSrc(local_addr);
        }
        sendToOther(to, message);
    }

    private void sendToOther(Address to, Message message) {
        othersLock.lock();
        try {
            var waiting = others.get(to);
            if (waiting != null) {
                if (waiting.size() < MAX_WAITING) {
                    waiting.add(message);
                }
                return;
            }
            var first = new ArrayDeque<Message>();
            first.add(message);
            var thread = Thread.ofVirtual().name("to " + to).unstarted(() -> sendAll(to));
            others.put(to, first);
            try {
                thread.start();
            } catch (Throwable e) { // the next message has another one
                others.remove(to);
                throw e;
            }
        } finally {
            othersLock.unlock();
        }
    }

    /**
     * Those that wait are sent together, and lost together if nobody is there. One by one they would wait for half a
     * second each while a link is down, and come so late when it is up that the merge which they ask for is over.
     */
    private void sendAll(Address to) {
        try {
            for (var batch = next(to); !batch.isEmpty(); batch = next(to)) {
                try {
                    send(to, batch);
                } catch (Exception | Error e) {
                    // nobody is there, or memory is short: what matters is sent again
                }
            }
        } catch (Error e) { // for want of memory; the next message has another thread
            forget(to);
        }
    }

    private void forget(Address to) {
        othersLock.lock();
        try {
            others.remove(to);
        } finally {
            othersLock.unlock();
        }
    }

    private void send(Address to, List<Message> batch) throws Exception {
        var output = new ByteArrayDataOutputStream(SMALL);
        if (batch.size() == 1) {
            sendSingle(to, batch.getFirst(), output);
        } else {
            sendMultiple(to, local_addr, batch, output);
        }
    }

    /** As many as JGroups puts into one packet, but at least one; none if all have been sent. */
    private List<Message> next(Address to) {
        var batch = new ArrayList<Message>();
        othersLock.lock();
        try {
            var waiting = isStopped ? null : others.get(to);
            var room = (long) max_size;
            while (waiting != null
                    && !waiting.isEmpty()
                    && (batch.isEmpty() || waiting.element().size() <= room)) {
                room -= waiting.element().size();
                batch.add(waiting.remove());
            }
            if (batch.isEmpty()) {
                others.remove(to);
            }
        } finally {
            othersLock.unlock();
        }
        return batch;
    }

    /** Those that have a buffer. */
    Set<Address> buffered() {
        return Set.copyOf(dests.keySet());
    }
}
