/**
 * What a fetch leaves on disk: the bodies ({@link dev.weft.cli.keep.Downloads}) and the journal that a later run goes
 * on from ({@link dev.weft.cli.keep.Journal}).
 */
@NullMarked
package dev.weft.cli.keep;

import org.jspecify.annotations.NullMarked;
