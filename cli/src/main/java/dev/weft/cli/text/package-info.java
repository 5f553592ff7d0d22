/**
 * Reads and writes URLs, durations and sizes as people write them, and writes JSON. {@link dev.weft.cli.text.Shown}
 * makes text from outside safe to show.
 */
@NullMarked
package dev.weft.cli.text;

import org.jspecify.annotations.NullMarked;
