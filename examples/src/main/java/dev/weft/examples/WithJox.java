package dev.weft.examples;

import static com.softwaremill.jox.Select.selectOrClosed;
import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelClosed;
import dev.weft.ExceptionGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Jox's channels between Weft's tasks: whoever is first of several senders is served by {@code select}. A channel waits
 * as any call of the JDK does, so a task that is cancelled leaves it.
 */
public final class WithJox {

    private WithJox() {}

    /** Sends, and says when it is done. */
    @FunctionalInterface
    interface Sender {
        void send(Channel<String> to) throws InterruptedException;
    }

    /** Takes from both as they come, until one of them is done. */
    static void follow(Sender first, Sender second, Consumer<String> reader)
            throws ExceptionGroup, InterruptedException {
        var fast = Channel.<String>newBufferedChannel(4);
        var slow = Channel.<String>newBufferedChannel(4);
        taskGroup(group -> {
            group.createTask("first sender", () -> first.send(fast));
            group.createTask("second sender", () -> second.send(slow));
            for (; ; ) {
                switch (selectOrClosed(fast.receiveClause(), slow.receiveClause())) {
                    case ChannelClosed closed -> {
                        group.cancel();
                        return;
                    }
                    case Object item -> reader.accept((String) item);
                }
            }
        });
    }

    private static Sender every(int millis, String name, int times) {
        return channel -> {
            for (var i = 1; i <= times; i++) {
                sleep(ofMillis(millis));
                channel.send(name + " " + i);
            }
            channel.done();
        };
    }

    public static void main(String... args) throws Exception {
        List<String> seen = new ArrayList<>();
        follow(every(30, "tick", 5), every(70, "tock", 100), seen::add);
        IO.println(seen);
    }
}
