package dev.weft.diagnostics;

/** The operations of {@link Tasks} for programs that look in from outside. */
public interface TasksMBean {

    /**
     * A dump of the process that this is in, as {@link TaskDump#toJson()}.
     *
     * @param frames how many of each stack; 0 for none
     * @return JSON, on one line
     * @throws IllegalArgumentException if {@code frames} is negative
     */
    String dump(int frames);

    /**
     * A dump of the process that this is in, as a tree for people.
     *
     * @param frames how many of each stack; 0 for none
     * @return the lines of the tree
     * @throws IllegalArgumentException if {@code frames} is negative
     */
    String text(int frames);
}
