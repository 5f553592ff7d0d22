/**
 * The workloads: a class for each, with a method for each peer that does the same work. Every method runs on a virtual
 * thread, and does a whole batch, so that what a peer needs to get going does not count.
 */
package dev.weft.benchmarks;
