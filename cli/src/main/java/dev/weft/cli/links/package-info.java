/**
 * Finding links in HTML, Markdown and sitemaps, and the URLs that they mean. Bytes go in, links with their lines come
 * out: nothing here reads a file, opens a connection or waits.
 *
 * <p>{@link dev.weft.cli.links.PageLinks} reads pages, {@link dev.weft.cli.links.Sitemap} reads sitemaps,
 * {@link dev.weft.cli.links.LinkTarget} says where a link leads. The parsers of others are only named in
 * {@code HtmlLinks} and {@code MarkdownLinks}, so that they are loaded when there is a page to read.
 */
@NullMarked
package dev.weft.cli.links;

import org.jspecify.annotations.NullMarked;
