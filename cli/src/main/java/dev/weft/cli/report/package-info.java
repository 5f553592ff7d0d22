/**
 * The forms in which results are shown: a {@link dev.weft.cli.report.Reporter} for each
 * {@link dev.weft.cli.report.Format}, the progress line, and the timeline of a fetch.
 */
@NullMarked
package dev.weft.cli.report;

import org.jspecify.annotations.NullMarked;
