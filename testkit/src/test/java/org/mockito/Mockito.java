package org.mockito;

/** In place of the library's: remembers which thread has made the first mock. */
public final class Mockito {

    private static Thread first;

    private Mockito() {}

    /** Returns null, which is what the programs here make of it. */
    public static synchronized <T> T mock(Class<T> type) {
        if (first == null) {
            first = Thread.currentThread();
        }
        return null;
    }

    /** The thread of the first mock. */
    public static synchronized Thread first() {
        return first;
    }
}
