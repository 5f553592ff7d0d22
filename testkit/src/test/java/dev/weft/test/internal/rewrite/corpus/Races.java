package dev.weft.test.internal.rewrite.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counters that are counted up, most of them wrong. */
public class Races {

    private static final VarHandle HANDLED;

    static {
        try {
            HANDLED = MethodHandles.lookup().findVarHandle(Races.class, "handled", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int plain;
    private int handled;
    private int guarded;
    private final int[] elements = new int[1];
    private final AtomicInteger atomic = new AtomicInteger();
    private final Map<String, Integer> map = new ConcurrentHashMap<>();
    private final Map<String, Integer> unsafe = new HashMap<>();

    public void incrementPlain() {
        plain++;
    }

    public void incrementElement() {
        elements[0]++;
    }

    public void incrementAtomicInTwoSteps() {
        atomic.set(atomic.get() + 1);
    }

    public void incrementAtomic() {
        atomic.incrementAndGet();
    }

    public void incrementMap() {
        map.put("a", map.getOrDefault("a", 0) + 1);
    }

    public void incrementUnsafeMap() {
        unsafe.put("a", unsafe.getOrDefault("a", 0) + 1);
    }

    public void incrementVolatileByHandle() {
        HANDLED.setVolatile(this, (int) HANDLED.getVolatile(this) + 1);
    }

    public void incrementInMonitors() {
        add(value() + 1);
    }

    private synchronized int value() {
        return guarded;
    }

    private synchronized void add(int value) {
        guarded = value;
    }

    public int result() {
        return plain
                + handled
                + guarded
                + elements[0]
                + atomic.get()
                + map.getOrDefault("a", 0)
                + unsafe.getOrDefault("a", 0);
    }
}
