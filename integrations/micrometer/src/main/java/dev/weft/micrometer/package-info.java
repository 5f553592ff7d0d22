/**
 * Metrics of tasks by Micrometer, observations of tasks, and Micrometer's context propagation for the tasks of Weft.
 * With this artifact on the class path, every task has what the {@code ThreadLocalAccessor}s of the process carry: the
 * current observation and with it the trace, Spring Security's context, and whatever else is registered. Metrics and
 * observations are there on request, by {@link dev.weft.micrometer.WeftMetrics} and
 * {@link dev.weft.micrometer.TaskObservations}.
 */
@NullMarked
package dev.weft.micrometer;

import org.jspecify.annotations.NullMarked;
