/** Text from outside, on its way to a terminal or into a document. */
@NullMarked
package dev.weft.cli.text;

import org.jspecify.annotations.NullMarked;
