/**
 * Carries the logging context (MDC) of SLF4J into the tasks of Weft. With this artifact on the class path or the module
 * path, every task has the entries that its creator had; nothing needs to be called.
 */
@NullMarked
package dev.weft.slf4j;

import org.jspecify.annotations.NullMarked;
