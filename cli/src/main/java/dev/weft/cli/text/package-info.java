/**
 * Reads and writes URLs, durations, sizes and JSON as people write them. {@link dev.weft.cli.text.Shown} makes text
 * from outside safe to show.
 */
@NullMarked
package dev.weft.cli.text;

import org.jspecify.annotations.NullMarked;
