/**
 * The URLs to fetch: {@link dev.weft.cli.input.Inputs} reads arguments and lists, {@link dev.weft.cli.input.LinkReader}
 * reads pages and sitemaps, {@link dev.weft.cli.input.Feed} hands their entries on.
 */
@NullMarked
package dev.weft.cli.input;

import org.jspecify.annotations.NullMarked;
