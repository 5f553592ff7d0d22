/**
 * The files that a fetch leaves: bodies ({@link dev.weft.cli.keep.Downloads}), and the journal from which a later run
 * resumes ({@link dev.weft.cli.keep.Journal}).
 */
@NullMarked
package dev.weft.cli.keep;

import org.jspecify.annotations.NullMarked;
