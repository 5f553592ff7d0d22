package dev.weft.cluster.internal.jgroups;

import java.io.IOException;
import org.jgroups.Global;
import org.jgroups.util.ObjectInputStreamWithClassloader;

/**
 * Java serialization in JGroups. A message may bring a serialized object, which is read as soon as it comes, before any
 * code of ours sees it. Nobody here sends such a message, and reading one would run what a stranger has chosen. The one
 * filter that JGroups has is of the whole process.
 */
final class Deserialization {

    private Deserialization() {}

    /** @throws IllegalStateException if JGroups was used in this process before, and reads any object */
    static synchronized void forbid() {
        if (System.getProperty(Global.DESERIALIZATION_FILTER) == null) {
            System.setProperty(Global.DESERIALIZATION_FILTER, "!*");
        }
        if (!Probe.hasFilter()) {
            throw new IllegalStateException("JGroups reads serialized objects in this process, which lets any member"
                    + " run code here: start it with -D" + Global.DESERIALIZATION_FILTER
                    + "=!*, or with a filter that names the classes that another use of JGroups needs");
        }
    }

    /** Sees what JGroups has made of the property, once and for all. */
    private static final class Probe extends ObjectInputStreamWithClassloader {

        private Probe() throws IOException {}

        static boolean hasFilter() {
            return FILTER != null && SET_FILTER != null;
        }
    }
}
