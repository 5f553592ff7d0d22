/**
 * {@code weft fetch} from its inputs to its exit code: {@link dev.weft.cli.fetch.FetchRun} owns all that is started,
 * {@link dev.weft.cli.fetch.FetchLoop} decides what begins, what is tried again and how each URL ended up.
 *
 * <p>One task owns a run and decides; every request and every write is a task that hands it a value. So nothing here is
 * shared but what says so.
 */
@NullMarked
package dev.weft.cli.fetch;

import org.jspecify.annotations.NullMarked;
