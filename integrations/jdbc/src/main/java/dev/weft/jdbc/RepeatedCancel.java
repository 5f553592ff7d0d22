package dev.weft.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Cancels a statement until its body has ended, for a second at most: one cancel may come before the execution. */
final class RepeatedCancel {

    private static final int FIRST_PAUSE = 5;
    private static final int LONGEST_PAUSE = 160;
    private static final int ALL_PAUSES = 1000;

    private final Statement statement;
    private final CountDownLatch ended = new CountDownLatch(1);

    RepeatedCancel(Statement statement) {
        this.statement = statement;
    }

    void end() {
        ended.countDown();
    }

    void run() throws SQLException, InterruptedException {
        var paused = 0;
        for (var pause = FIRST_PAUSE; ended.getCount() > 0 && paused < ALL_PAUSES; pause = pause(pause * 2)) {
            statement.cancel();
            if (ended.await(pause, TimeUnit.MILLISECONDS)) {
                return;
            }
            paused += pause;
        }
    }

    private static int pause(int wanted) {
        return Math.min(wanted, LONGEST_PAUSE);
    }
}
