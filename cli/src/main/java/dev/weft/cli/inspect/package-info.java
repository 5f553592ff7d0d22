/**
 * Looks into another Java process that uses Weft, over the JDK's own Attach API and JMX: nothing of ours has to be in
 * that process before, and nothing is afterwards.
 *
 * <p>{@link dev.weft.cli.inspect.Inspection} is one look that may be repeated, {@link dev.weft.cli.inspect.Jvms} finds
 * the processes worth one.
 */
@NullMarked
package dev.weft.cli.inspect;

import org.jspecify.annotations.NullMarked;
