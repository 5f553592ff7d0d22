/**
 * Carries the context of OpenTelemetry into the tasks of Weft, and makes spans of tasks. With this artifact on the
 * class path, every task has the context that its creator had; nothing needs to be called. Spans are made on request,
 * by {@link dev.weft.opentelemetry.TaskSpans}.
 */
@NullMarked
package dev.weft.opentelemetry;

import org.jspecify.annotations.NullMarked;
