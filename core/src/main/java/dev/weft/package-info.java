/**
 * asyncio's task toolkit for Java, on virtual threads. Start at {@link dev.weft.Weft}, which is made for {@code import
 * static}.
 *
 * <p>Words that this documentation uses strictly: a task has <em>ended</em> when it is finished, failed or cancelled
 * and nothing of it runs any more. A call is a <em>cancellation point</em> if a request to cancel the calling task is
 * delivered there as {@link dev.weft.CancelledException}; a call is one always or never. To <em>join</em> is to wait
 * for the end of something and for nothing else: a cancellation that arrives meanwhile is kept.
 *
 * <p>Unless a type says otherwise, a null argument is answered with {@link NullPointerException} that names the
 * parameter, before anything was started.
 */
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
