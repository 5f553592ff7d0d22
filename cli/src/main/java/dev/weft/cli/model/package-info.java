/**
 * What a fetch is about, as values: what to fetch, within which limits, and what became of it. Nothing here opens,
 * sends or writes anything.
 */
@NullMarked
package dev.weft.cli.model;

import org.jspecify.annotations.NullMarked;
