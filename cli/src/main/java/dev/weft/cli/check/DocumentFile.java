package dev.weft.cli.check;

import java.nio.file.Path;

/**
 * A file whose links are looked at.
 *
 * @param path as it is shown
 * @param given the folder that was given and it was found in; its own, if the file itself was given
 */
record DocumentFile(Path path, Path given) {}
