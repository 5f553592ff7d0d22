package dev.weft.internal.task;

/** The names of tasks that were given none. */
final class TaskNames {

    private static final String PREFIX = "Task-";
    private static final int SPAN = 100;
    private static final String[] ENDINGS = new String[SPAN];

    static {
        for (var i = 0; i < SPAN; i++) {
            ENDINGS[i] = i < 10 ? "0" + i : Integer.toString(i);
        }
    }

    /** What the names of a hundred tasks begin with. */
    private record Beginning(long hundreds, String text) {}

    /**
     * Of the last task that was named. Written without order: whichever is read is whole, and made anew if it is
     * another.
     */
    private static Beginning last = new Beginning(0, PREFIX);

    private TaskNames() {}

    /** A name takes one copy of its letters. */
    static String of(long number) {
        var hundreds = number / SPAN;
        if (hundreds == 0) {
            return PREFIX.concat(Long.toString(number));
        }
        var beginning = last;
        if (beginning.hundreds != hundreds) {
            beginning = new Beginning(hundreds, PREFIX.concat(Long.toString(hundreds)));
            last = beginning;
        }
        return beginning.text.concat(ENDINGS[(int) (number - hundreds * SPAN)]);
    }
}
