package samples.other;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A map of a library, whose single calls threads may make together. */
public class Registry extends AbstractMap<String, Integer> {

    private final Map<String, Integer> values = new HashMap<>();
    private int entered;

    /** Made by anybody. */
    public Registry() {}

    /** Null if there is none. */
    public synchronized Integer find(String name) {
        return values.get(name);
    }

    /** For subclasses. */
    protected final synchronized Integer register(String name, Integer value) {
        entered++;
        return values.put(name, value);
    }

    /** For everybody. */
    public final Integer enter(String name, Integer value) {
        return register(name, value);
    }

    /** How often something was entered. */
    public final synchronized int entered() {
        return entered;
    }

    @Override
    public Integer get(Object name) {
        return find((String) name);
    }

    @Override
    public Integer put(String name, Integer value) {
        return register(name, value);
    }

    @Override
    public synchronized Set<Entry<String, Integer>> entrySet() {
        return Set.copyOf(values.entrySet());
    }
}
