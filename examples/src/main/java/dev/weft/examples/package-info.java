/**
 * asyncio's tutorial programs in Java, one file each, in the order of the tutorials, and a few small programs of the
 * kind that services need, among them three with other libraries: Failsafe, Resilience4j and Jox.
 *
 * <p>Each numbered program prints what its Python original prints; the tests compare them line by line.
 */
package dev.weft.examples;
