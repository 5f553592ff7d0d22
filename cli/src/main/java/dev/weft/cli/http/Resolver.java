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
import org.jspecify.annotations.Nullable;

/**
 * Looks the hosts' addresses up before the client does, which then finds them in the JDK's cache. A lookup cannot be
 * interrupted: here it is abandoned when its time is over, so that it holds up neither a deadline nor the exit.
 *
 * <p>A host is looked up once, and few lookups run at once, whatever the number of fetches. Thread-safe.
 */
public final class Resolver {

    /** For the group that lookups live in: how many run at once. */
    public static final GroupOptions LOOKUPS = GroupOptions.failFast().limit(16);

    private final TaskGroup lookups;
    private final Duration limit;
    private final Lookup lookup;
    private final Map<String, Task<@Nullable String>> answers = new ConcurrentHashMap<>();

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

    /**
     * Waits until the host is known.
     *
     * <p><b>Blocking:</b> until the lookup has ended. <b>Cancellation:</b> always a cancellation point; the lookup goes
     * on, for others who want to know.
     *
     * @throws UnknownHostException with the reason in words, if it has no address
     */
    public void resolve(String host) throws UnknownHostException, InterruptedException {
        if (isLiteral(host)) {
            return;
        }
        var failure = shield(answers.computeIfAbsent(host, this::start));
        if (failure != null) {
            throw new UnknownHostException(failure);
        }
    }

    /** Its result is what went wrong, or null. A task that fails would end the group. */
    private Task<@Nullable String> start(String host) {
        return lookups.<@Nullable String>createTask("lookup " + host, () -> {
            try {
                timeout(limit, () -> abandonOnCancel(() -> lookup.addresses(host)));
                return null;
            } catch (UnknownHostException e) {
                return inWords(host, e);
            } catch (TimeoutException e) {
                return "no answer about the host " + host + " within " + DurationText.format(limit);
            }
        });
    }

    private static String inWords(String host, UnknownHostException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("Temporary failure")
                ? "cannot ask for the host " + host + " now: is the network there?"
                : "there is no host " + host;
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
