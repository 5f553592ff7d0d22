package dev.weft.cluster;

import dev.weft.Body;
import dev.weft.Registration;
import dev.weft.StartedRun;
import dev.weft.Weft;
import dev.weft.cluster.internal.engine.Ended;
import dev.weft.cluster.internal.engine.Node;
import dev.weft.cluster.internal.engine.Request;
import dev.weft.cluster.internal.wire.Frame.End;
import dev.weft.diagnostics.TaskDump;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * This process as a member of a cluster. It runs the handlers that it {@linkplain WorkersBuilder#serve serves} for
 * other members, and {@linkplain #call calls} handlers that other members serve.
 *
 * <pre>{@code
 * static final Handler<String, Integer> SIZE =
 *         Handler.of("size", Codecs.text(), Codecs.json(Integer.class)).idempotent(2);
 *
 * run(() -> {
 *     try (var workers = Workers.builder("pages").bind("10.0.0.5:7800").join(peers).tls(tls).open()) {
 *         var sizes = timeout(ofSeconds(30), () -> mapConcurrent(urls, 600, url -> workers.call(SIZE, url)));
 *     }
 * });
 * }</pre>
 *
 * <p>Handlers run as tasks of the {@linkplain Weft#currentRun() run} in which the workers were opened, or of a run of
 * their own if there was none. Close the workers within that run: when the run ends first, all open calls end as lost.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Workers implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String cluster;
    private final Node node;
    private final @Nullable StartedRun ownRun;
    private final int maxValue;

    Workers(String cluster, Node node, @Nullable StartedRun ownRun, int maxFrame) {
        this.cluster = cluster;
        this.node = node;
        this.ownRun = ownRun;
        this.maxValue = maxFrame - ServedHandler.ROOM;
    }

    /**
     * Returns a builder for a member of a cluster.
     *
     * @param cluster the name of the cluster, the same for all members
     * @return a builder
     * @throws IllegalArgumentException if the name is blank
     * @since 0.1.0
     */
    public static WorkersBuilder builder(String cluster) {
        return new WorkersBuilder(cluster);
    }

    /**
     * Returns the name of the cluster.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return the name that {@link #builder} was given
     * @since 0.1.0
     */
    public String cluster() {
        return cluster;
    }

    /**
     * Adds a listener, which is told of what happens from now on; {@link #members()} has the members that are there
     * already. One that is added twice is told twice. {@link WorkersBuilder#listener} misses nothing.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @param listener must not block
     * @return takes the listener out again; it may be told of what was happening just then
     * @since 0.1.0
     */
    public Registration listen(ClusterListener listener) {
        return node.listen(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Runs a handler on some member, and returns what it returns.
     *
     * <p>The call goes to a member that serves the handler in a version both sides accept, has a free place, and is not
     * this one unless {@link WorkersBuilder#local} allows that. Until there is such a member, the call waits here,
     * first come first served. The caller's {@linkplain dev.weft.Deadline#current() deadline} goes with the call, as
     * the time that is left.
     *
     * <p><b>Blocking:</b> until the handler has ended. <b>Cancellation:</b> always a cancellation point. A call that
     * was not sent leaves at once. Else the handler is cancelled, and the call joins it: when this method has returned
     * or thrown, the handler has ended, or its member is known to be lost. <b>Memory visibility:</b> none across
     * members but what the codecs carry.
     *
     * <p>If the handler failed with an exception that {@link Handler#fails} names, this throws that exception, a
     * checked one too although it is not declared here.
     *
     * @param handler the handler
     * @param argument its argument
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @return what the handler returned
     * @throws RemoteFailureException if the handler failed with another exception
     * @throws MemberLostException if the member was lost, and the handler is not {@linkplain Handler#idempotent
     *     idempotent} or out of retries
     * @throws CancellationException if the handler was cancelled by its own member, or these workers are closed
     * @throws CodecException if a codec failed, on either side
     * @throws FrameTooLargeException if the argument or the result is too large
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public <A, R> R call(Handler<A, R> handler, A argument) throws InterruptedException {
        return call(handler, argument, CallOptions.defaults());
    }

    /**
     * {@link #call(Handler, Object)} with options.
     *
     * @param handler the handler
     * @param argument its argument
     * @param options where the call may run
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @return what the handler returned
     * @throws NoMemberException if no member fits and the options say not to wait
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public <A, R> R call(Handler<A, R> handler, A argument, CallOptions options) throws InterruptedException {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(options, "options");
        return node.call(
                handler.id(),
                () -> new Request(
                        handler.id(),
                        handler.retries(),
                        options.affinity(),
                        options.isOnAny() ? null : options.on(),
                        options.waitForMember(),
                        encode(handler, argument)),
                ended -> switch (ended) {
                    case Ended.ByLoss loss -> throw lost(handler, loss);
                    case Ended.ByHandler done -> result(handler, done.member(), done.end());
                });
    }

    /**
     * Returns a body that makes the call, for {@code gather}, {@code race}, {@code hedge} and the like.
     *
     * @param handler the handler
     * @param argument its argument
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @return a body, which may be run more than once
     * @since 0.1.0
     */
    public <A, R> Body<R, RuntimeException> body(Handler<A, R> handler, A argument) {
        Objects.requireNonNull(handler, "handler");
        return () -> call(handler, argument);
    }

    private <A> byte[] encode(Handler<A, ?> handler, A argument) {
        byte[] bytes;
        try {
            bytes = Encoded.of(handler.in(), argument);
        } catch (Exception e) {
            throw new CodecException("call of '" + handler.name() + "': the argument cannot be encoded: " + e, e);
        }
        if (bytes.length > maxValue) {
            throw new FrameTooLargeException(
                    Encoded.tooLarge("the argument of '" + handler.name() + "'", bytes.length, maxValue));
        }
        return bytes;
    }

    private static <A, R> R result(Handler<A, R> handler, Member member, End end) {
        var where = "'" + handler.name() + "' on " + member;
        return switch (end.how()) {
            case VALUE -> decode(handler.out(), end.value(), where);
            case DECLARED -> throw declared(handler, member, end, where);
            case FAILED ->
                throw new RemoteFailureException(handler.name(), member, end.type(), end.message(), end.stack());
            case CANCELLED -> // a caller that is cancelled itself is told that in place of this
                throw new CancellationException(where + " was cancelled: these workers are closed");
            case STOPPED -> throw new CancellationException(where + " was cancelled there: " + end.message());
            case EXPIRED ->
                throw new RemoteFailureException(
                        handler.name(),
                        member,
                        "java.util.concurrent.TimeoutException",
                        "the deadline that the call had when it was sent has passed",
                        "");
            case CODEC -> throw new CodecException("call of " + where + ": " + end.message(), null);
            case TOO_LARGE -> throw new FrameTooLargeException("call of " + where + ": " + end.message());
        };
    }

    private static <T> T decode(Codec<T> codec, byte[] bytes, String where) {
        try {
            return codec.decode(bytes);
        } catch (Exception e) { // a codec in another language may throw any of them
            throw new CodecException("call of " + where + ": what came back cannot be decoded here: " + e, e);
        }
    }

    /** Only classes that the handler names are made: what is received chooses among these. */
    private static RuntimeException declared(Handler<?, ?> handler, Member member, End end, String where) {
        for (var failure : handler.failures()) {
            if (failure.type().getName().equals(end.type())) {
                Workers.<RuntimeException>sneak(decode(failure.codec(), end.value(), where));
            }
        }
        return new RemoteFailureException(handler.name(), member, end.type(), "", "");
    }

    /** Checked ones too: {@link Handler#fails} has named them. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable e) throws X {
        throw (X) e;
    }

    private static MemberLostException lost(Handler<?, ?> handler, Ended.ByLoss loss) {
        var began = loss.begun() ? MemberLostException.Began.YES : MemberLostException.Began.UNKNOWN;
        return new MemberLostException(handler.name(), loss.member(), began, loss.attempts());
    }

    /**
     * Returns the members that this one sees and can call, in the order of their identities. This one is among them
     * only if {@link WorkersBuilder#local} says so.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return a list that does not change
     * @since 0.1.0
     */
    public List<Member> members() {
        return node.members();
    }

    /**
     * Returns the address that this member listens at, with the port that was found if {@link WorkersBuilder#bind} got
     * port 0. Others can {@linkplain WorkersBuilder#join join} there while the member is open.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return the address and port; the same after {@link #close}
     * @since 0.1.0
     */
    public InetSocketAddress localAddress() {
        return node.localAddress();
    }

    /**
     * Returns what these workers do now, and have done since they were opened.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return numbers of one moment
     * @since 0.1.0
     */
    public Snapshot snapshot() {
        return node.numbers();
    }

    /**
     * Returns the tasks of this process, as {@link Weft#dump(int)} does, and below each task that waits for a call of
     * these workers, the handler's task and all below it, as its member tells. Members that do not
     * {@linkplain WorkersBuilder#introspection tell} or do not answer are noted there. Their own calls are not
     * followed.
     *
     * <p><b>Blocking:</b> until the members have answered, for two seconds at most. <b>Cancellation:</b> always a
     * cancellation point.
     *
     * @param frames how many of each stack; at members 32 at most
     * @return a dump, with entries of members among them
     * @throws IllegalArgumentException if {@code frames} is negative
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public TaskDump dump(int frames) throws InterruptedException {
        if (frames < 0) {
            throw new IllegalArgumentException("the number of frames must not be negative: " + frames);
        }
        return node.dump(frames);
    }

    /**
     * Leaves the cluster in good order. No new calls are taken; handlers may go on for {@code grace}, and are cancelled
     * then; their callers are told how they ended; at last this side's own calls are cancelled and joined.
     *
     * <p><b>Blocking:</b> until all of that is done. <b>Cancellation:</b> always a cancellation point: a caller that is
     * cancelled here cuts the grace short, and this still returns only when all has ended.
     *
     * @param grace how long handlers may go on
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @throws IllegalArgumentException if {@code grace} is negative
     * @throws IllegalStateException if called by a handler of this member; a task that it waits for is not noticed, and
     *     both wait for ever
     * @since 0.1.0
     */
    public void drain(Duration grace) throws InterruptedException {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("the grace must not be negative: " + grace);
        }
        try {
            node.close(grace);
        } finally {
            if (ownRun != null) {
                ownRun.close();
            }
        }
    }

    /**
     * {@link #drain Drains} for at most five seconds. <b>Cancellation:</b> never a cancellation point; a request is
     * delivered afterwards.
     *
     * @throws IllegalStateException if a handler of this member calls it
     * @since 0.1.0
     */
    @Override
    public void close() {
        try {
            Weft.uninterrupted(() -> drain(GRACE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The name of the cluster, and the other members. */
    @Override
    public String toString() {
        return "Workers of '" + cluster + "' with " + members();
    }

    /**
     * The numbers of some workers. {@code called} is the sum of {@code ok}, {@code failed}, {@code cancelled},
     * {@code expired}, {@code lost} and {@code calling}.
     *
     * @param called calls that were made here
     * @param ok those that returned a value
     * @param failed those that failed in any other way than the following
     * @param cancelled those that were cancelled, here or by the member
     * @param expired those that a deadline ended
     * @param lost those that ended because the member was lost
     * @param sent attempts that were sent
     * @param retried attempts that were made because the one before was lost
     * @param rejected attempts that a member rejected; they were placed again
     * @param ran calls of others that have begun here
     * @param dropped frames that came too late, of sessions that were over
     * @param refused frames that were none, or of another version of the protocol
     * @param refusedConnections connections that were closed: without a certificate of the authority, not of a member,
     *     or too many
     * @param suspicions how often a member was {@linkplain ClusterListener#memberSuspected suspected}
     * @param bytesOut bytes of the frames for members
     * @param bytesIn bytes of the frames that came
     * @param calling calls that have not returned
     * @param open of those, the ones that are with a member
     * @param waiting of those, the ones that wait for a place
     * @param credits calls that could be sent at once
     * @param running calls of others that run here
     * @param roundTrip how long attempts of calls took
     * @since 0.1.0
     */
    public record Snapshot(
            long called,
            long ok,
            long failed,
            long cancelled,
            long expired,
            long lost,
            long sent,
            long retried,
            long rejected,
            long ran,
            long dropped,
            long refused,
            long refusedConnections,
            long suspicions,
            long bytesOut,
            long bytesIn,
            int calling,
            int open,
            int waiting,
            int credits,
            int running,
            RoundTrip roundTrip) {}
}
