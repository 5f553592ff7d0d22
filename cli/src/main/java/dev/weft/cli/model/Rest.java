package dev.weft.cli.model;

/**
 * URLs that were not begun, too many to name each: those of the source's lines from the first to the last that nothing
 * else was said of.
 *
 * @param source the name of a list or page, or {@code argument}
 * @param first the first of them
 * @param last the last of them
 */
public record Rest(String source, long first, long last, long count) {

    /** These and some more of the same source. */
    public Rest and(Rest other) {
        return new Rest(source, Math.min(first, other.first), Math.max(last, other.last), count + other.count);
    }
}
