package dev.weft.cli.console;

import static dev.weft.Weft.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.sync.Semaphore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OutputTest {

    /** Both streams into one, as on a terminal. */
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private static StandardIo io(OutputStream out, OutputStream err) {
        return new StandardIo(InputStream.nullInputStream(), out, err, Map.of(), false, false);
    }

    @Test
    void lines_ofBothStreams_keepTheirOrder() throws Exception {
        run(() -> {
            var output = new Output(io(screen, screen));
            output.result("r1");
            output.note("n1");
            output.pump();
            output.result("r2");
            output.result("r3");
            output.note("n2");
            output.drain();
            return null;
        });
        assertThat(screen).hasToString("r1\nn1\nr2\nr3\nn2\n");
    }

    @Test
    void progress_isClearedBeforeALine_andDrawnAgainAfterIt() throws Exception {
        run(() -> {
            var written = new Semaphore(0);
            var output = new Output(io(screen, screen), written::release);
            output.progress("[0/2]");
            output.pump();
            written.acquire();
            output.result("r1");
            output.progress("[1/2]");
            output.pump();
            written.acquire();
            output.pump();
            output.result("r2");
            output.drain();
            return null;
        });
        assertThat(screen).hasToString("[0/2]\r\u001b[Kr1\n[1/2]\r\u001b[Kr2\n");
    }

    @Test
    void readerThatStops_holdsUpNobodyButTheDrain() throws Exception {
        var reads = new CountDownLatch(1);
        var stuck = stuckUntil(reads);
        run(() -> {
            var output = new Output(io(stuck, OutputStream.nullOutputStream()));
            for (var i = 0; i < 1000; i++) {
                output.result("line");
                output.pump();
            }
            assertThat(screen.size()).isZero();
            reads.countDown();
            output.drain();
            return null;
        });
        assertThat(screen.toString().lines()).hasSize(1000);
    }

    /** A full pipe: a write takes until there is room again, and does not mind being interrupted. */
    private OutputStream stuckUntil(CountDownLatch reads) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("lines are written whole");
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                while (reads.getCount() > 0) {
                    try {
                        reads.await();
                    } catch (InterruptedException e) {
                        // a full pipe does not mind either
                    }
                }
                screen.write(bytes, offset, count);
            }
        };
    }

    @Test
    void readerThatStops_doesNotKeepTheRunFromBeingStopped() throws Exception {
        var reads = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        try {
            var runner = Thread.ofVirtual().start(() -> {
                try {
                    run(() -> {
                        var output = new Output(io(stuckUntil(reads), OutputStream.nullOutputStream()));
                        output.result("line");
                        output.pump();
                        written.countDown();
                        output.drain();
                        return null;
                    });
                } catch (Exception e) {
                    // stopped
                }
            });
            written.await();
            runner.interrupt();
            assertThat(runner.join(Duration.ofSeconds(10))).isTrue();
        } finally {
            reads.countDown();
        }
    }

    @Test
    void failureToWrite_isKept_andNotesStillArrive() throws Exception {
        var gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        run(() -> {
            var output = new Output(io(gone, screen));
            output.result("r1");
            output.drain();
            assertThat(output.failure())
                    .hasValueSatisfying(failure -> assertThat(failure).hasMessage("Broken pipe"));
            output.result("r2");
            output.note("n");
            output.drain();
            return null;
        });
        assertThat(screen).hasToString("n\n");
    }
}
