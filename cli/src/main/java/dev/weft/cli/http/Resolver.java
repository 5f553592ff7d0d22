package dev.weft.cli.http;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.timeout;

import dev.weft.GroupOptions;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.cli.text.DurationText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/**
 * Looks the hosts' addresses up before the client does, which then finds them in {@link Addresses}. A lookup cannot be
 * interrupted: here it is abandoned when its time is over, so that it holds up neither a deadline nor the exit.
 *
 * <p>A host is looked up once, and one that was not found again for a further try; few lookups run at once, whatever
 * the number of fetches. Of several addresses, the first that can be connected to is taken. Thread-safe.
 */
public final class Resolver implements Fetcher.HostNames {

    /** For the group that lookups live in: how many run at once. */
    public static final GroupOptions LOOKUPS = GroupOptions.failFast().limit(16);

    private final TaskGroup lookups;
    private final Duration limit;
    private final Lookup lookup;
    private final Map<String, Task<Answer>> answers = new ConcurrentHashMap<>();
    private final Map<String, Task<Boolean>> choices = new ConcurrentHashMap<>();

    /**
     * Nothing is looked up yet.
     *
     * @param lookups in which lookups live; must not end before those who ask
     * @param limit to one lookup
     */
    public Resolver(TaskGroup lookups, Duration limit, Lookup lookup) {
        this.lookups = lookups;
        this.limit = limit;
        this.lookup = lookup;
    }

    /** Finds a host's addresses; {@link InetAddress#getAllByName} but for tests. */
    @FunctionalInterface
    public interface Lookup {
        /** Finds them. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private sealed interface Answer {}

    private record Found(Choice choice) implements Answer {}

    /** A task that fails would end the group. */
    private record Missing(String why) implements Answer {}

    /**
     * Waits until the host is known.
     *
     * <p><b>Blocking:</b> until the lookup has ended. <b>Cancellation:</b> always a cancellation point; the lookup goes
     * on, for others who want to know.
     *
     * @param again whether it is looked up once more if it was not found
     * @throws UnknownHostException with the reason in words, if it has no address
     */
    @Override
    public void resolve(String host, boolean again) throws UnknownHostException, InterruptedException {
        if (again) {
            answers.computeIfPresent(
                    host, (_, made) -> made.isDone() && made.result() instanceof Missing ? null : made);
        }
        if (!isLiteral(host) && shield(answers.computeIfAbsent(host, this::start)) instanceof Missing(var why)) {
            throw new UnknownHostException(why);
        }
    }

    /**
     * Waits until one of a known host's addresses has been found to answer, if there are several.
     *
     * <p><b>Blocking:</b> until then, or until all have failed. <b>Cancellation:</b> always a cancellation point; the
     * choice goes on, for others who want to know.
     *
     * @return whether there are several, and one answers
     */
    @Override
    public boolean choose(String host, int port) throws InterruptedException {
        var answer = answers.get(host);
        if (answer == null || !(shield(answer) instanceof Found(var choice)) || choice.isOne()) {
            return false;
        }
        return shield(choices.computeIfAbsent(
                host + ":" + port, name -> lookups.createTask("connect " + name, () -> choice.make(port, limit))));
    }

    @Override
    public boolean chooseAgain(String host, int port) throws InterruptedException {
        choices.computeIfPresent(host + ":" + port, (_, made) -> made.isDone() ? null : made);
        return choose(host, port);
    }

    private Task<Answer> start(String host) {
        return lookups.<Answer>createTask("lookup " + host, () -> {
            try {
                var addresses = timeout(limit, () -> abandonOnCancel(() -> lookup.addresses(host)));
                if (addresses.length == 0) {
                    return new Missing("the host " + host + " has no address");
                }
                Addresses.choose(host, addresses[0]);
                return new Found(new Choice(host, addresses));
            } catch (UnknownHostException e) {
                return new Missing(inWords(host, e));
            } catch (TimeoutException e) {
                return new Missing("no answer about the host " + host + " within " + DurationText.format(limit));
            }
        });
    }

    private static String inWords(String host, UnknownHostException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("Temporary failure")
                ? "cannot ask for the host " + host + " now: is the network there?"
                : "there is no host " + host + ": is it spelled right?";
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
