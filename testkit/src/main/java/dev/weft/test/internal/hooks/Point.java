package dev.weft.test.internal.hooks;

/** The kinds of places at which a rewritten class lets another strand go on. */
public enum Point {
    /** Before a monitor is entered. The subject is the monitor. */
    MONITOR,
    /** Before {@link Object#wait()}. The subject is the monitor. */
    WAIT,
    /** Before {@link Object#notify()} or {@code notifyAll()}. The subject is the monitor. */
    NOTIFY,
    /** Before a field is read. The subject is the object, or null for a static field. */
    READ,
    /** Before a field is written. The subject is the object, or null for a static field. */
    WRITE,
    /** Before an element is read. The subject is the array. */
    ARRAY_READ,
    /** Before an element is written. The subject is the array. */
    ARRAY_WRITE,
    /** Before a call that other threads may notice. The subject is the receiver, or null for a static method. */
    CALL,
    /** After such a call has returned. The subject is null. */
    AFTER_CALL,
    /** Before a call of a collection that is not made for several threads. The subject is the collection. */
    COLLECTION,
    /** At the start of a static initializer, where a virtual thread is pinned. The subject is null. */
    INITIALIZER
}
