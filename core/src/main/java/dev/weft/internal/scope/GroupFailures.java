package dev.weft.internal.scope;

import dev.weft.ExceptionGroup;
import dev.weft.Task;
import dev.weft.internal.failure.DistinctFailures;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.task.CarriedFailures;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.Suppression;
import dev.weft.internal.task.TaskImpl;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The failures of a group's block and children, and how they are told. Guarded by its own monitor. */
final class GroupFailures {

    private final DistinctFailures all = new DistinctFailures();

    void add(List<Throwable> failed) {
        Memory.insistOn(this, failed, GroupFailures::addEach);
    }

    private synchronized void addEach(List<Throwable> failed) {
        failed.forEach(all::add);
    }

    /** Gives each of {@code failed} to {@code handler}. An exception of the handler is a failure. */
    void handle(BiConsumer<? super Task<?>, ? super Throwable> handler, TaskImpl<?> child, List<Throwable> failed) {
        for (var failure : failed) {
            try {
                handler.accept(child, failure);
            } catch (Throwable e) {
                Suppression.add(e, failure);
                add(List.of(e));
            }
        }
    }

    /**
     * Throws them, if there are any, when all children have ended.
     *
     * @param stopped what {@code parent} was stopped by, who is then told of it again
     * @param isAsked whether {@code stopped} tells of requests, whatever its class
     * @param mark of the parent's requests, from before the block
     */
    void throwAll(StructuredStrand parent, @Nullable InterruptedException stopped, boolean isAsked, int mark)
            throws ExceptionGroup {
        if (size() == 0) {
            return;
        }
        if (stopped != null) {
            add(CarriedFailures.in(stopped)); // asks users' exceptions, and so with no lock held
            if (isAsked) {
                parent.tellAgain(mark);
            } else {
                parent.tellAgain(stopped, mark);
            }
        }
        var thrown = all();
        var fatal = DistinctFailures.firstFatal(thrown);
        if (fatal != null) {
            Suppression.addAll(fatal, thrown);
            throw fatal;
        }
        throw new ExceptionGroup(
                thrown.size() == 1 ? "a failure in a task group" : thrown.size() + " failures in a task group", thrown);
    }

    synchronized int size() {
        return all.size();
    }

    private synchronized List<Throwable> all() {
        return all.all();
    }
}
