/**
 * The program {@code weft}. {@link dev.weft.cli.Main} starts it, {@link dev.weft.cli.FetchCommand} reads the options of
 * {@code weft fetch}, {@link dev.weft.cli.FetchRun} conducts a fetch, {@link dev.weft.cli.LinkReader} finds what pages
 * and sitemaps link to; {@link dev.weft.cli.Looking} is what the commands share that look into other processes.
 *
 * <p>All that is concurrent here is Weft's: one task owns a run and decides, every exchange and every write is a task
 * that hands it a value. So nothing here is shared but what says so.
 */
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
