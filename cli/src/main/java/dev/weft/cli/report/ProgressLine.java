package dev.weft.cli.report;

import dev.weft.cli.model.Tally;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.Columns;
import dev.weft.cli.text.Shown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The content of the progress line, with the URL that has been under way for longest: the answer to "where does it
 * hang?".
 *
 * @param left until the deadline, or null
 * @param oldest the URL that has been under way for longest, or null
 * @param oldestFor for how long
 */
public record ProgressLine(
        Tally tally,
        int total,
        int running,
        Duration elapsed,
        @Nullable Duration left,
        @Nullable String oldest,
        Duration oldestFor) {

    /** A URL that is younger than this does not hang. */
    private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

    /** Less than so many columns, so that it stays one line. */
    public String text(int columns) {
        var done = tally.total();
        var notOk = done - tally.of(Verdict.OK);
        var text = new StringBuilder("[")
                .append(done)
                .append('/')
                .append(total)
                .append("] ")
                .append(running)
                .append(" running");
        if (notOk > 0) {
            text.append(", ").append(notOk).append(" not ok");
        }
        text.append(", ").append(tenths(elapsed));
        if (left != null) {
            text.append(" (")
                    .append(tenths(left.isNegative() ? Duration.ZERO : left))
                    .append(" left)");
        }
        if (oldest != null && oldestFor.compareTo(WORTH_SAYING) >= 0) {
            text.append(", longest ").append(tenths(oldestFor)).append(' ').append(Shown.harmless(oldest));
        }
        return Columns.fit(text.toString(), columns - 1);
    }

    private static String tenths(Duration duration) {
        var tenths = duration.toMillis() / 100;
        return tenths / 10 + "." + tenths % 10 + "s";
    }
}
