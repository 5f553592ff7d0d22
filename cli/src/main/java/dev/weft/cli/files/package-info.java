/**
 * The files that the program makes, replaces, sweeps and reads. Nothing else in the program opens, makes, moves or
 * deletes a file: a test looks.
 *
 * <p>All files that it makes and replaces go through {@link dev.weft.cli.files.Folder}, which follows no link inside
 * the folder that the user has named, and takes only what belongs to the user. All files that it reads go through
 * {@link dev.weft.cli.files.Sources}.
 */
@NullMarked
package dev.weft.cli.files;

import org.jspecify.annotations.NullMarked;
