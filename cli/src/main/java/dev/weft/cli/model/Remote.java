package dev.weft.cli.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a URL was fetched, if not in this process.
 *
 * @param member the name of the member that made the last try; null if it is not known
 * @param repeated how often it was given to another member because one was lost: each may be a request more
 */
public record Remote(@Nullable String member, int repeated) {}
