package samples.deep;

/** A program of which a nested class is a subclass. */
public class ExtendedWithin implements Runnable {

    @Override
    public void run() {
        new Within().text();
    }

    String text() {
        return "outside";
    }

    /** The subclass. */
    static final class Within extends ExtendedWithin {

        @Override
        String text() {
            return "within";
        }
    }
}
