package dev.weft.cli.remote;

import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutAt;

import dev.weft.Deadline;
import dev.weft.cli.fetch.Elsewhere;
import dev.weft.cli.fetch.FetchOptions;
import dev.weft.cli.fetch.Tries;
import dev.weft.cli.http.NamedServers;
import dev.weft.cli.model.Attempt;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cluster.CodecException;
import dev.weft.cluster.FrameTooLargeException;
import dev.weft.cluster.Member;
import dev.weft.cluster.MemberLostException;
import dev.weft.cluster.RemoteFailureException;
import dev.weft.cluster.Workers;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The members of a cluster, as those who make the tries of a fetch: each goes to one that has room, and if that is
 * lost, to another one, where the method allows it. Thread-safe.
 */
public final class Members implements Elsewhere, AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);

    /** How long the first member is waited for, and then the others that were named. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration FOR_OTHERS = Duration.ofSeconds(2);

    private final Workers workers;
    private final FetchOptions options;
    private volatile List<Member> serving = List.of();

    private Members(Workers workers, FetchOptions options) {
        this.workers = workers;
        this.options = options;
    }

    /**
     * Joins, and waits until a member is there that fetches.
     *
     * <p><b>Blocking:</b> until then, or until fifteen seconds or the deadline have passed. <b>Cancellation:</b> always
     * a cancellation point.
     *
     * @param told takes a line about connections that were refused, from any thread
     * @throws CannotJoinException if none is, or this process cannot join
     */
    public static Members join(ClusterSettings settings, FetchOptions options, Deadline deadline, Consumer<String> told)
            throws CannotJoinException, InterruptedException {
        var refused = new RefusedConnections(line -> told.accept("weft: " + line));
        var members = new Members(Joining.join(settings, UnaryOperator.identity(), refused), options);
        try {
            timeoutAt(deadline, () -> members.awaitSome(settings));
            return members;
        } catch (TimeoutException e) {
            members.close();
            throw members.nobody(settings);
        } catch (CannotJoinException | InterruptedException | RuntimeException e) {
            members.close();
            throw e;
        }
    }

    private void awaitSome(ClusterSettings settings) throws CannotJoinException, InterruptedException {
        var sinceStart = Stopwatch.start();
        look();
        while (serving.size() < settings.peers().size()) {
            var patience = serving.isEmpty() ? PATIENCE : FOR_OTHERS;
            if (sinceStart.elapsed().compareTo(patience) > 0) {
                break;
            }
            sleep(LOOK.dividedBy(4));
            look();
        }
        if (serving.isEmpty()) {
            throw nobody(settings);
        }
    }

    private CannotJoinException nobody(ClusterSettings settings) {
        var others = workers.members();
        return new CannotJoinException(
                others.isEmpty()
                        ? "no member of '" + settings.cluster() + "' answers at " + String.join(", ", settings.peers())
                                + ": is 'weft worker' running there, with this --cluster, and with certificates of the"
                                + " same authority?"
                        : "nobody in '" + settings.cluster() + "' fetches: " + names(others)
                                + " are not workers that take calls now; start 'weft worker'");
    }

    private static String names(List<Member> members) {
        return members.stream().map(Member::name).sorted().collect(Collectors.joining(", "));
    }

    private void look() {
        serving = workers.members().stream().filter(FetchUrl::isServedBy).toList();
    }

    /** The members that are there, as in {@code 2 members: 10.0.0.5:7800, 10.0.0.6:7800; up to 400 URLs at once}. */
    public String inWords() {
        return inWords(serving);
    }

    private static String inWords(List<Member> now) {
        return now.isEmpty()
                ? "no member is left: URLs wait for one; Ctrl-C or --deadline ends that"
                : (now.size() == 1 ? "1 member: " : now.size() + " members: ") + names(now) + "; up to " + sum(now)
                        + " URLs at once";
    }

    private static int sum(List<Member> members) {
        return members.stream().mapToInt(Member::limit).reduce(0, (a, b) -> Math.min(1_000_000, a + b));
    }

    @Override
    public int concurrency() {
        var limit = options.limits().concurrency();
        return limit == Limits.AS_MEMBERS_SAY ? Math.max(1, sum(serving)) : limit;
    }

    @Override
    public void watch(Consumer<String> told) throws InterruptedException {
        while (true) {
            sleep(LOOK);
            var before = serving;
            look();
            var now = serving;
            if (!ids(now).equals(ids(before))) {
                told.accept("weft: " + changes(before, now) + inWords(now));
            }
        }
    }

    private static List<String> ids(List<Member> members) {
        return members.stream().map(Member::id).toList();
    }

    private static String changes(List<Member> before, List<Member> now) {
        var text = new ArrayList<String>();
        before.stream()
                .filter(member -> !ids(now).contains(member.id()))
                .forEach(member -> text.add(member.name() + " has gone; "));
        now.stream()
                .filter(member -> !ids(before).contains(member.id()))
                .forEach(member -> text.add(member.name() + " has come; "));
        return String.join("", text);
    }

    @Override
    public Tries tries(NamedServers named) {
        return (uri, progress) -> make(uri, named, progress);
    }

    private Attempt make(URI uri, NamedServers named, FetchProgress progress) throws InterruptedException {
        progress.restart();
        progress.enter(Phase.MEMBER);
        var call = new FetchCall(
                uri, named.contains(uri), named.login(uri), options.request(), options.limits(), options.accepted());
        // a member that leaves cancels what it has not ended in time; that is as good as lost
        for (var left = 0; ; left++) {
            try {
                var answer = workers.call(FetchUrl.of(call), call);
                answer.tell(progress);
                return answer.made();
            } catch (CancellationException e) {
                if (!call.isRepeatable() || left == FetchUrl.REPEATS) {
                    return broken(ErrorKind.LOST, "its member has left before it was done");
                }
                progress.fetchedBy(null, 1);
            } catch (MemberLostException e) {
                progress.fetchedBy(e.member().name(), e.attempts() - 1);
                return broken(ErrorKind.LOST, lost(e));
            } catch (RemoteFailureException e) {
                return broken(ErrorKind.INTERNAL, String.valueOf(e.getMessage()));
            } catch (CodecException | FrameTooLargeException e) {
                return broken(ErrorKind.INTERNAL, String.valueOf(e.getMessage()));
            }
        }
    }

    private static String lost(MemberLostException e) {
        return e.attempts() == 1
                ? "the member " + e.member().name() + " is lost"
                : "the member " + e.member().name() + " is lost, and so were those before it: " + e.attempts()
                        + " attempts";
    }

    private static Attempt broken(ErrorKind kind, String cause) {
        return Attempt.of(new Outcome.Broken(kind, cause));
    }

    /** Leaves. Calls that are open are cancelled and awaited. */
    @Override
    public void close() {
        workers.close();
    }
}
