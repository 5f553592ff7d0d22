/**
 * Auto-configuration of Weft for Spring Boot: context in every task, metrics, observations, background work that is
 * drained at shutdown, status 504 for a limit that has passed, and sight into the running process. The properties begin
 * with {@code weft.}; see {@link dev.weft.spring.WeftProperties}.
 */
@NullMarked
package dev.weft.spring;

import org.jspecify.annotations.NullMarked;
