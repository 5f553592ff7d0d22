/**
 * Which URLs to fetch: {@link dev.weft.cli.input.Inputs} reads arguments and lists,
 * {@link dev.weft.cli.input.LinkReader} pages and sitemaps; {@link dev.weft.cli.input.UrlList} puts all of it together.
 */
@NullMarked
package dev.weft.cli.input;

import org.jspecify.annotations.NullMarked;
