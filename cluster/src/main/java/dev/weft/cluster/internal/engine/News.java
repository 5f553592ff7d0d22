package dev.weft.cluster.internal.engine;

import dev.weft.Run;
import dev.weft.TaskContext;
import dev.weft.TaskOptions;
import dev.weft.cluster.ClusterListener;
import java.util.List;
import java.util.function.Consumer;

/** Tells listeners, without the lock. Their exceptions become problems of the run. */
public final class News {

    private static final System.Logger LOG = System.getLogger("dev.weft");

    private final List<ClusterListener> listeners;
    private final Run run;
    private final String member;

    public News(List<ClusterListener> listeners, Run run, String member) {
        this.listeners = List.copyOf(listeners);
        this.run = run;
        this.member = member;
    }

    boolean isWanted() {
        return !listeners.isEmpty();
    }

    void tell(Consumer<? super ClusterListener> what) {
        for (var listener : listeners) {
            try {
                what.accept(listener);
            } catch (Throwable e) {
                report("a listener of the member " + member, e);
            }
        }
    }

    /** Of core's public ways to a problem of a run, a callback that throws is the one for this. */
    public void report(String what, Throwable thrown) {
        try {
            var options = TaskOptions.named(what).context(TaskContext.empty());
            run.createTask(options, () -> {}).onDone(task -> sneak(thrown));
        } catch (IllegalStateException e) { // the run is over
            LOG.log(System.Logger.Level.ERROR, what + " failed", thrown);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
