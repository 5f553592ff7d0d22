package dev.weft;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link Weft#waitUntil waitUntil}. Both sets are in the order in which the tasks were given, and
 * unmodifiable.
 *
 * @param <T> the type of the tasks' values
 * @param done the tasks that have ended
 * @param pending the others, which go on
 */
public record Waited<T extends @Nullable Object>(Set<Task<T>> done, Set<Task<T>> pending) {}
