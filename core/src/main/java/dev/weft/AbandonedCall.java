package dev.weft;

import java.time.Duration;

/**
 * A call that went on after its caller had been cancelled and left.
 *
 * @param name the call's thread
 * @param since how long ago it was abandoned
 * @see Weft#abandonOnCancel
 */
public record AbandonedCall(String name, Duration since) {}
