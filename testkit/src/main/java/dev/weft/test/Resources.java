package dev.weft.test;

import dev.weft.test.SimulationError.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The tracked resources of an execution. Thread-safe. */
final class Resources {

    private final List<TrackedResource> opened = new ArrayList<>();
    private final Consumer<SimulationError> found;
    private boolean ended;

    Resources(Consumer<SimulationError> found) {
        this.found = found;
    }

    synchronized TrackedResource open(String name) {
        if (ended) {
            throw new IllegalStateException(
                    "open(\"" + name + "\") was called after the execution had ended: nobody would look whether it is"
                            + " closed. Take the World of the execution that is running");
        }
        var resource = new TrackedResource(name, this);
        opened.add(resource);
        return resource;
    }

    void closedTwice(TrackedResource resource, Throwable first) {
        found.accept(new SimulationError(Kind.DOUBLE_CLOSE, "'" + resource + "' was closed a second time", first));
    }

    /** All are to be closed by now. */
    synchronized void check() {
        ended = true;
        for (var resource : opened) {
            if (!resource.isClosed()) {
                found.accept(new SimulationError(
                        Kind.UNCLOSED_RESOURCE, "'" + resource + "' was not closed", resource.opened()));
            }
        }
    }
}
