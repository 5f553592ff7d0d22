/**
 * Texts that people read and write: URLs, durations, sizes, JSON. {@link dev.weft.cli.text.Shown} makes text from
 * outside fit to be shown.
 */
@NullMarked
package dev.weft.cli.text;

import org.jspecify.annotations.NullMarked;
