package samples.other;

/** Of another package than the test: it has switch points only if the test says so. */
public final class Counter {

    private int value;

    /** Not atomic. */
    public void increment() {
        value++;
    }

    /** How often it was incremented. */
    public int value() {
        return value;
    }
}
