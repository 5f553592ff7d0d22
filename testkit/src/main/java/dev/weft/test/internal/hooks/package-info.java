/**
 * The methods that rewritten classes call, and the {@link dev.weft.test.internal.hooks.Hooks} behind them. The package
 * is not exported: {@link dev.weft.test.internal.rewrite.RewritingLoader} exports it to its own classes alone.
 */
@NullMarked
package dev.weft.test.internal.hooks;

import org.jspecify.annotations.NullMarked;
