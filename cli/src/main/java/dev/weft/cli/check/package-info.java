/**
 * A run of {@code weft check}: documents are read for their links; links to files are looked up on disk, links to the
 * web are fetched, each once; and each place is reported.
 */
@NullMarked
package dev.weft.cli.check;

import org.jspecify.annotations.NullMarked;
