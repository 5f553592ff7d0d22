/**
 * Tasks and other strands that wait and can be asked to stop: how a request reaches them, what they wait for, who owns
 * them and is told of their end. Constructs are built on this and are not known here.
 */
@NullMarked
package dev.weft.internal.task;

import org.jspecify.annotations.NullMarked;
