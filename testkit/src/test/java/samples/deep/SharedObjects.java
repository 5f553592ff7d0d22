package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Disabled;

/**
 * Objects of the JDK that are no collections, and objects known too early. Run by a test: {@code faulty_},
 * {@code correct_}.
 */
@Disabled("run by DeepSimulationTest")
class SharedObjects {

    private static void together(Runnable one, Runnable other) throws InterruptedException {
        var thread = Thread.ofVirtual().start(one);
        other.run();
        thread.join();
    }

    // ---- a user's class that is a collection of the JDK's

    private final Map<String, Object> recent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > 10;
        }
    };

    private Object get() {
        if (!recent.containsKey("key")) {
            recent.put("key", new Object());
        }
        return recent.get("key");
    }

    private synchronized Object getAlone() {
        return get();
    }

    private static void bothGet(Supplier<Object> cache) throws InterruptedException {
        var got = new Object[2];
        together(() -> got[0] = cache.get(), () -> got[1] = cache.get());
        assertThat(got[0]).isSameAs(got[1]);
    }

    @SimulationTest(deep = true)
    void faulty_cacheOfTheRecent() throws Exception {
        bothGet(this::get);
    }

    @SimulationTest(deep = true)
    void correct_cacheOfTheRecent() throws Exception {
        bothGet(this::getAlone);
    }

    // ---- bits, buffers

    private final BitSet used = new BitSet();

    private void use() {
        used.set(used.nextClearBit(0));
    }

    @SimulationTest(deep = true)
    void faulty_bits() throws Exception {
        together(this::use, this::use);
        assertThat(used.cardinality()).isEqualTo(2);
    }

    private final StringBuffer lines = new StringBuffer();
    private String written = "";

    private void flush() {
        var all = lines.toString();
        lines.setLength(0);
        written += all;
    }

    @SimulationTest(deep = true)
    void faulty_stringBuffer() throws Exception {
        together(() -> lines.append("a"), this::flush);
        flush();
        assertThat(written).isEqualTo("a");
    }

    private final StringBuilder text = new StringBuilder();

    private void take() {
        var all = text.toString();
        text.setLength(0);
        written += all;
    }

    @SimulationTest(deep = true)
    void faulty_stringBuilder() throws Exception {
        together(() -> text.append("a"), this::take);
        take();
        assertThat(written).isEqualTo("a");
    }

    // ---- objects that others know before they are complete

    private static Limit known;

    private static final class Limit {
        private int limit;

        Limit() {
            known = this;
            limit = 5;
        }
    }

    @SimulationTest(deep = true)
    void faulty_objectThatShowsItself() throws Exception {
        together(Limit::new, () -> assertThat(known == null || known.limit == 5).isTrue());
    }

    private final List<Listener> listeners = new ArrayList<>();

    private synchronized void add(Listener listener) {
        listeners.add(listener);
    }

    private synchronized void fire() {
        listeners.forEach(Listener::hear);
    }

    private static class Listener {
        private final List<String> heard;

        Listener(SharedObjects source) {
            source.add(this);
            heard = new ArrayList<>();
        }

        void hear() {
            heard.add("heard");
        }
    }

    @SimulationTest(deep = true)
    void faulty_finalFieldOfAListenerThatShowsItself() throws Exception {
        together(() -> new Listener(this), this::fire);
    }
}
