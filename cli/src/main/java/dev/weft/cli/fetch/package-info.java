/**
 * {@code weft fetch} from its options to its exit code: {@link dev.weft.cli.fetch.FetchRun} owns all tasks of a run,
 * {@link dev.weft.cli.fetch.FetchLoop} decides which URL begins, which is tried again, and how each one ended.
 *
 * <p>One task owns a run and decides; every request and every write is another task that hands a value to it. Only
 * classes that say so are shared between tasks.
 */
@NullMarked
package dev.weft.cli.fetch;

import org.jspecify.annotations.NullMarked;
