/**
 * asyncio's task toolkit for Java, on virtual threads. Start at {@link dev.weft.Weft}, which is made for {@code import
 * static}.
 *
 * <p>Words that this documentation uses strictly: a task has <em>ended</em> when it is finished, failed or cancelled
 * and nothing of it runs any more. A call is a <em>cancellation point</em> if a request to cancel the calling task is
 * delivered there as {@link dev.weft.CancelledException}; a call is one always or never. To <em>join</em> is to wait
 * for the end of something and for nothing else: a cancellation that arrives meanwhile is kept.
 *
 * <p>The types by subject:
 *
 * <table>
 * <caption>Types of this package</caption>
 * <tr><th>subject</th><th>types</th></tr>
 * <tr><td>calls</td><td>{@link dev.weft.Weft}, {@link dev.weft.EventLoop}, {@link dev.weft.Runner}</td></tr>
 * <tr><td>tasks</td><td>{@link dev.weft.Task}, {@link dev.weft.TaskOptions}, {@link dev.weft.TaskGroup},
 * {@link dev.weft.GroupOptions}, {@link dev.weft.Ready}</td></tr>
 * <tr><td>results</td><td>{@link dev.weft.Outcome}, {@link dev.weft.AsCompleted}, {@link dev.weft.Completion},
 * {@link dev.weft.TimedCompletion}, {@link dev.weft.Waited}, {@link dev.weft.ReturnWhen}</td></tr>
 * <tr><td>limits of time, and cancellation</td><td>{@link dev.weft.Deadline}, {@link dev.weft.Timeout},
 * {@link dev.weft.DeadlineExceededException}, {@link dev.weft.CancelScope}, {@link dev.weft.Cancellation},
 * {@link dev.weft.CancelledException}, {@link dev.weft.AbandonedCall}</td></tr>
 * <tr><td>failures</td><td>{@link dev.weft.ExceptionGroup}, {@link dev.weft.CallerTrace}, {@link dev.weft.Problem},
 * {@link dev.weft.ProblemHandler}</td></tr>
 * <tr><td>runs</td><td>{@link dev.weft.Run}, {@link dev.weft.StartedRun}, {@link dev.weft.RunAbandonedException},
 * {@link dev.weft.WeftRuntime}, {@link dev.weft.Defaults}, {@link dev.weft.DefaultsProvider}</td></tr>
 * <tr><td>context and observers</td><td>{@link dev.weft.TaskLocal}, {@link dev.weft.TaskContext},
 * {@link dev.weft.ContextPropagator}, {@link dev.weft.TaskListener}, {@link dev.weft.Registration}</td></tr>
 * <tr><td>what calls take</td><td>{@link dev.weft.Body}, {@link dev.weft.VoidBody}, and one for each block or item;
 * {@link dev.weft.Closer}, {@link dev.weft.Combiner}</td></tr>
 * </table>
 *
 * <p>Unless a type says otherwise, a null argument is answered with {@link NullPointerException} that names the
 * parameter, before anything was started.
 */
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
