/**
 * Fetching on several machines: {@link dev.weft.cli.remote.Worker} serves tries of URLs, and
 * {@link dev.weft.cli.remote.Members} has others make those of a run, which keeps its limits, its retries, its journal
 * and its report. Only {@code Limits}, URLs and what became of them cross the wire, and no bodies.
 */
@NullMarked
package dev.weft.cli.remote;

import org.jspecify.annotations.NullMarked;
