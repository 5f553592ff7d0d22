/** Structured calls and groups: scopes that start tasks, and end when all of them have. */
@NullMarked
package dev.weft.internal.scope;

import org.jspecify.annotations.NullMarked;
