package dev.weft.test.internal.rewrite;

/**
 * A class, or a part of one, that has no switch points although it should.
 *
 * @param name the class, or the class and the method
 * @param reason why not
 */
public record Unwritten(String name, String reason) {
    @Override
    public String toString() {
        return name + ": " + reason;
    }
}
