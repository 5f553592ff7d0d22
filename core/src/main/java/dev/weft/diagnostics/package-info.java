/** Running tasks and calls, as data: for people who look into a process, and for programs that do it for them. */
@NullMarked
package dev.weft.diagnostics;

import org.jspecify.annotations.NullMarked;
