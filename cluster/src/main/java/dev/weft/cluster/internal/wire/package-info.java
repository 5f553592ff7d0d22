/** The frames that members send each other, as bytes. */
@NullMarked
package dev.weft.cluster.internal.wire;

import org.jspecify.annotations.NullMarked;
