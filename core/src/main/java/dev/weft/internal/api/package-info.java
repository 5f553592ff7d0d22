/** The one door through which the engine reaches what the types of the API hide from their users. */
@NullMarked
package dev.weft.internal.api;

import org.jspecify.annotations.NullMarked;
