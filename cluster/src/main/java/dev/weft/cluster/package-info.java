/**
 * Structured concurrency over several machines: {@link dev.weft.cluster.Workers#call} is a blocking call that runs a
 * named handler on some member of a cluster. It is cancelled, bounded by deadlines, gathered, raced and retried like
 * any other blocking call of Weft.
 */
@NullMarked
package dev.weft.cluster;

import org.jspecify.annotations.NullMarked;
