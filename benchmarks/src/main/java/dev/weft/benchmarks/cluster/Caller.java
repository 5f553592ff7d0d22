package dev.weft.benchmarks.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** A caller, told by lines what to do. It answers each command with a line. */
final class Caller {

    private static final Duration A_MOMENT = Duration.ofMillis(20);
    private static final int SMALL = 100;

    private final Side side;

    Caller(Side side) {
        this.side = side;
    }

    void execute(String... words) throws Exception {
        switch (words[0]) {
            case "workers" -> awaitWorkers(number(words[1]));
            case "trips" -> result(trips(number(words[1]), number(words[2])));
            case "batch" -> result(List.of(batch(number(words[1]), number(words[2]))));
            case "cancels" -> result(cancels((WeftSide) side, number(words[1])));
            case "hold" -> hold(words[1], words[2]);
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        }
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private static void result(List<Double> figures) {
        Lines.say("result " + Lines.text(figures));
    }

    private void awaitWorkers(int count) throws InterruptedException {
        while (side.workers() != count) {
            sleep(A_MOMENT);
        }
        Lines.say("sees " + count);
    }

    /** Calls one after another, in microseconds each. By a task, so that it is a virtual thread that calls. */
    private List<Double> trips(int size, int count) throws Exception {
        return mapConcurrent(List.of(size), 1, _ -> tripsHere(size, count)).getFirst();
    }

    private List<Double> tripsHere(int size, int count) throws Exception {
        var micros = new ArrayList<Double>(count);
        for (var i = 0; i < count; i++) {
            var begun = System.nanoTime();
            check(side.echo(new byte[size]), size);
            micros.add(rounded((System.nanoTime() - begun) / 1e3));
        }
        return micros;
    }

    private static double rounded(double figure) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.1f", figure));
    }

    private static void check(byte[] came, int size) {
        if (came.length != size) {
            throw new IllegalStateException(size + " bytes were sent, and " + came.length + " came back");
        }
    }

    /** Many calls at the same time. @return calls a second */
    private double batch(int count, int width) throws Exception {
        var numbers = IntStream.range(0, count).boxed().toList();
        var begun = System.nanoTime();
        forEachConcurrent(numbers, width, _ -> check(side.echo(new byte[SMALL]), SMALL));
        return rounded(count / ((System.nanoTime() - begun) / 1e9));
    }

    /** Cancels calls that run, one after another. @return the times until each has ended, in milliseconds */
    private static List<Double> cancels(WeftSide side, int count) throws InterruptedException {
        var calls = IntStream.range(0, count)
                .mapToObj(i -> createTask(() -> {
                    side.park();
                    return true;
                }))
                .toList();
        while (side.parked() < count) {
            sleep(A_MOMENT);
        }
        var millis = new ArrayList<Double>(count);
        for (var call : calls) {
            var begun = System.nanoTime();
            call.cancel();
            try {
                call.await();
                throw new IllegalStateException("a cancelled call has returned");
            } catch (CancellationException e) {
                millis.add(Double.parseDouble(String.format(Locale.ROOT, "%.4f", (System.nanoTime() - begun) / 1e6)));
            }
        }
        return millis;
    }

    /** In a task of its own, which says how the call ends. */
    private void hold(String worker, String id) {
        createTask(() -> {
            Lines.say(id + " " + outcome(worker, id));
            return true;
        });
    }

    private String outcome(String worker, String id) throws InterruptedException {
        try {
            side.hold(worker, id);
            return "returned";
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return "lost " + e.getClass().getSimpleName();
        }
    }
}
