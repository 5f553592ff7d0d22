package dev.weft.cli.input;

import dev.weft.cli.model.Rest;

/** The receiver of entries as they are read. */
@FunctionalInterface
public interface EntrySink {

    /** Takes one; may wait until there is room for it. */
    void accept(InputEntry entry);

    /** The reader has nothing more at hand, and may have to wait for more. */
    default void pause() {}

    /** Whether entries are not wanted any more, only how many there are. */
    default boolean isCounting() {
        return false;
    }

    /** Takes what was counted. */
    default void count(Rest rest) {}
}
