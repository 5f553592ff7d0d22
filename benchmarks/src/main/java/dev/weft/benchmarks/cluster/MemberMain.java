package dev.weft.benchmarks.cluster;

import dev.weft.Runner;
import dev.weft.Weft;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A member in a process of its own. It says its lines on standard output; a caller does what the lines of its standard
 * input say. It ends when that does, so that none is left when the program that has started it is gone.
 */
public final class MemberMain {

    private static final long PATIENCE_MILLIS = 5_000;

    private MemberMain() {}

    /** The arguments are those of a {@link Seat}. */
    public static void main(String[] args) throws Exception {
        var seat = Seat.of(args);
        var commands = new LinkedBlockingQueue<String>();
        Thread.ofPlatform().daemon().start(() -> read(commands));
        Runner.builder().build().run(() -> {
            try (var side = open(seat)) {
                Lines.say("open");
                serve(commands, new Caller(side));
            }
        });
    }

    private static Side open(Seat seat) throws Exception {
        return switch (seat.peer().kind()) {
            case WEFT -> new WeftSide(seat);
            case JGROUPS -> new JGroupsSide(seat);
            case HAZELCAST -> new HazelcastSide(seat);
        };
    }

    private static void read(BlockingQueue<String> commands) {
        try (var in = new BufferedReader(new InputStreamReader(System.in, Lines.CHARSET))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
            }
        } catch (IOException e) {
            // as its end
        }
        Thread.ofPlatform().daemon().start(MemberMain::haltIfItHangs);
        System.exit(0); // and not at once: a flight recording is written then
    }

    private static void haltIfItHangs() {
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void serve(BlockingQueue<String> commands, Caller caller) throws Exception {
        for (; ; ) {
            var words = Weft.blocking(commands::take).split(" ");
            try {
                caller.execute(words);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                Lines.say("failed " + e);
            }
        }
    }
}
