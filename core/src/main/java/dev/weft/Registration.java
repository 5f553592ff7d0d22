package dev.weft;

/** Something that was registered and can be taken back. */
@FunctionalInterface
public interface Registration {

    /** Takes it back. Does nothing the second time, or if it is too late. */
    void remove();
}
