package dev.weft.test.internal.deep;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;

/** Tells a thread that starts a library up from one that computes for ever. */
public final class LoadedClasses {

    private LoadedClasses() {}

    /** Loaded only where the JVM has the module. */
    private static final class Bean {
        static final ClassLoadingMXBean CLASSES = ManagementFactory.getClassLoadingMXBean();
    }

    /** The number of classes that the JVM has loaded until now; 0 if that is not known. */
    public static long count() {
        try {
            return Bean.CLASSES.getTotalLoadedClassCount();
        } catch (NoClassDefFoundError e) {
            return 0;
        }
    }
}
