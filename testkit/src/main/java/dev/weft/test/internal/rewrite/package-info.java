/** Puts switch points into users' classes while they are loaded, with the JDK's class-file API and no agent. */
@NullMarked
package dev.weft.test.internal.rewrite;

import org.jspecify.annotations.NullMarked;
