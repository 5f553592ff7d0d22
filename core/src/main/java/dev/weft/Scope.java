package dev.weft;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A structured call that is open: it stands on its activity's thread, and owns children. */
abstract class Scope implements Owner {

    final Activity parent;

    volatile @Nullable Scope outer;

    private volatile boolean closed;

    Scope(Activity parent) {
        this.parent = parent;
    }

    @Override
    public final Activity parent() {
        return parent;
    }

    /** Own thread of the parent only. */
    final void open() {
        outer = firstOpen(parent.scopes);
        parent.scopes = this;
    }

    /** For a scope that may be closed out of turn, or by another thread: it is forgotten later. */
    final void markClosed() {
        closed = true;
    }

    /** Own thread of the parent only. */
    final void closeScope() {
        closed = true;
        if (parent.scopes == this && parent.thread() == Thread.currentThread()) {
            parent.scopes = firstOpen(outer);
        }
    }

    /** The children that are known now; some may have ended. */
    abstract void forEachChild(Consumer<? super TaskImpl<?>> action);

    /** Ends what is left open when the activity itself ends. */
    void abandon() {}

    private static @Nullable Scope firstOpen(@Nullable Scope innermost) {
        var scope = innermost;
        while (scope != null && scope.closed) {
            scope = scope.outer;
        }
        return scope;
    }

    final boolean isClosed() {
        return closed;
    }
}
