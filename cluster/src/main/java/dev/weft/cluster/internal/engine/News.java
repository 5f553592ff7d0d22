package dev.weft.cluster.internal.engine;

import dev.weft.Registration;
import dev.weft.Run;
import dev.weft.TaskContext;
import dev.weft.TaskOptions;
import dev.weft.cluster.ClusterListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells listeners, without the lock. Their exceptions become problems of the run. */
public final class News {

    private static final System.Logger LOG = System.getLogger("dev.weft");

    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private final Run run;
    private final String member;

    /** A listener that was added; each adding is another one. */
    private static final class Listening {
        final ClusterListener listener;

        Listening(ClusterListener listener) {
            this.listener = listener;
        }
    }

    public News(List<ClusterListener> listeners, Run run, String member) {
        listeners.forEach(this::add);
        this.run = run;
        this.member = member;
    }

    /** {@code listener} is told of what happens from now on. */
    Registration add(ClusterListener listener) {
        var added = new Listening(listener);
        listeners.add(added);
        return () -> listeners.remove(added);
    }

    boolean isWanted() {
        return !listeners.isEmpty();
    }

    void tell(Consumer<? super ClusterListener> what) {
        for (var listening : listeners) {
            try {
                what.accept(listening.listener);
            } catch (Throwable e) {
                report("a listener of the member " + member, e);
            }
        }
    }

    /**
     * Of core's public ways to a problem of a run, a callback that throws is the one for this. Does not fail for want
     * of memory.
     */
    public void report(String what, Throwable thrown) {
        try {
            var options = TaskOptions.named(what).context(TaskContext.empty());
            run.createTask(options, () -> {}).onDone(task -> sneak(thrown));
        } catch (IllegalStateException e) { // the run is over
            LOG.log(System.Logger.Level.ERROR, what + " failed", thrown);
        } catch (OutOfMemoryError e) {
            // there is no memory to tell of it
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
