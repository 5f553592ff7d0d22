package samples.other;

/** A factory in a library without switch points. */
public final class Threads {

    private Threads() {}

    /** A platform thread. */
    public static Thread platform(Runnable task) {
        return new Thread(task, "platform");
    }
}
