package dev.weft.cluster;

import dev.weft.cluster.internal.engine.Served;
import dev.weft.cluster.internal.engine.Settings;
import dev.weft.cluster.internal.engine.Transport;
import dev.weft.cluster.internal.jgroups.JGroupsTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link Workers}. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class WorkersBuilder {

    private final String cluster;
    private final List<Service<?, ?>> services = new ArrayList<>();
    private String name = "";
    private int limit = 100;
    private Duration suspectAfter = Duration.ofSeconds(3);
    private OnLoss onLoss = OnLoss.STRICT;
    private boolean local;
    private int maxFrame = 1 << 20;
    private @Nullable InetSocketAddress bind;
    private List<InetSocketAddress> peers = List.of();
    private @Nullable String dns;
    private @Nullable Tls tls;
    private boolean isInsecure;
    private boolean isIntrospectable;
    private final List<ClusterListener> listeners = new ArrayList<>();
    private final List<RemoteContext> contexts = new ArrayList<>();

    WorkersBuilder(String cluster) {
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("the name of the cluster must not be blank");
        }
        this.cluster = cluster;
    }

    /**
     * Gives this member a name, for people to read. It need not be unique.
     *
     * @param newName 1 to 100 characters; by default the name of the host and the number of the process
     * @return this
     * @throws IllegalArgumentException if the name is blank or too long
     * @since 0.1.0
     */
    public WorkersBuilder name(String newName) {
        if (newName.isBlank() || newName.length() > 100) {
            throw new IllegalArgumentException("a member's name has 1 to 100 characters: '" + newName + "'");
        }
        name = newName;
        return this;
    }

    /**
     * Sets how many calls of others run here at the same time.
     *
     * @param newLimit at least 1; 100 by default
     * @return this
     * @throws IllegalArgumentException if the limit is less than 1 or more than a million
     * @since 0.1.0
     */
    public WorkersBuilder limit(int newLimit) {
        if (newLimit < 1 || newLimit > 1_000_000) {
            throw new IllegalArgumentException("the limit must be 1 to 1,000,000: " + newLimit);
        }
        limit = newLimit;
        return this;
    }

    /**
     * Serves a handler.
     *
     * @param handler the handler
     * @param code what it does; {@link Call#current()} tells it about the call
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @return this
     * @throws IllegalArgumentException if a handler of that name is served already
     * @since 0.1.0
     */
    public <A, R> WorkersBuilder serve(Handler<A, R> handler, Code<? super A, ? extends R> code) {
        Objects.requireNonNull(code, "code");
        for (var other : services) {
            if (other.id().name().equals(handler.name())) {
                throw new IllegalArgumentException("the handler '" + handler.name()
                        + "' is served already: give one code for all versions; Call.current().version() tells"
                        + " which was agreed on");
            }
        }
        services.add(new Service<>(handler, code));
        return this;
    }

    /**
     * Sets after which silence a member is suspected. A member that has not heard of a caller for that long cancels the
     * caller's handlers. Should be longer than the longest pause of a garbage collector.
     *
     * @param silence at least 500 ms; 3 s by default
     * @return this
     * @throws IllegalArgumentException if it is less than 500 ms or more than an hour
     * @since 0.1.0
     */
    public WorkersBuilder suspectAfter(Duration silence) {
        if (silence.compareTo(Duration.ofMillis(500)) < 0 || silence.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("suspectAfter must be 500 ms to 1 h: " + silence);
        }
        suspectAfter = silence;
        return this;
    }

    /**
     * Sets when the calls on a lost member end.
     *
     * @param when {@link OnLoss#STRICT} by default
     * @return this
     * @since 0.1.0
     */
    public WorkersBuilder onLoss(OnLoss when) {
        onLoss = Objects.requireNonNull(when, "when");
        return this;
    }

    /**
     * Sets whether this member's calls may run on itself, too.
     *
     * @param isAllowed false by default
     * @return this
     * @since 0.1.0
     */
    public WorkersBuilder local(boolean isAllowed) {
        local = isAllowed;
        return this;
    }

    /**
     * Sets how large a frame may be: an encoded argument or result, and a little more. It should be the same for all
     * members.
     *
     * @param bytes 16 KiB to 64 MiB; 1 MiB by default
     * @return this
     * @throws IllegalArgumentException if it is less or more than that
     * @since 0.1.0
     */
    public WorkersBuilder maxFrame(int bytes) {
        if (bytes < 16 << 10 || bytes > 64 << 20) {
            throw new IllegalArgumentException("maxFrame must be 16 KiB to 64 MiB: " + bytes);
        }
        maxFrame = bytes;
        return this;
    }

    /**
     * Sets the address and port that this member listens at. All traffic uses this one port.
     *
     * @param address as in {@code 10.0.0.5:7800} or {@code [::1]:7800}; {@code site:7800} takes this machine's own
     *     address in a private network, as a pod's in Kubernetes. Port 0 takes any that is free, for a member that
     *     others need not name
     * @return this
     * @throws IllegalArgumentException if it is not an address and a port, or stands for all addresses
     * @since 0.1.0
     */
    public WorkersBuilder bind(String address) {
        bind = Addresses.own(address);
        return this;
    }

    /**
     * Sets some members to ask for the others. They need not run yet; a member that finds nobody is a cluster of one,
     * and merges with others when they meet.
     *
     * @param addresses as in {@code 10.0.0.6:7800}; this member's own may be among them
     * @return this
     * @throws IllegalArgumentException if one is not an address and a port
     * @since 0.1.0
     */
    public WorkersBuilder join(List<String> addresses) {
        peers = addresses.stream().map(Addresses::ofPeer).toList();
        dns = null;
        return this;
    }

    /**
     * {@link #join(List)} for addresses one by one.
     *
     * @param addresses as in {@code 10.0.0.6:7800}
     * @return this
     * @throws IllegalArgumentException if one is not an address and a port
     * @since 0.1.0
     */
    public WorkersBuilder join(String... addresses) {
        return join(List.of(addresses));
    }

    /**
     * Finds the other members by DNS: a name with an address for each, as a headless service of Kubernetes has. Their
     * port is the same as this member's.
     *
     * @param name as in {@code weft.default.svc.cluster.local}
     * @return this
     * @since 0.1.0
     */
    public WorkersBuilder joinDns(String name) {
        dns = Objects.requireNonNull(name, "name");
        peers = List.of();
        return this;
    }

    /**
     * Encrypts all traffic, and talks to nobody without a certificate.
     *
     * @param newTls keys and certificates
     * @return this
     * @since 0.1.0
     */
    public WorkersBuilder tls(Tls newTls) {
        tls = Objects.requireNonNull(newTls, "tls");
        isInsecure = false;
        return this;
    }

    /**
     * Sends everything in plain text, and talks to everybody: for tests, on the loopback address. Of this and
     * {@link #tls}, the one called last holds; so it is with {@link #join} and {@link #joinDns}.
     *
     * @return this
     * @since 0.1.0
     */
    public WorkersBuilder insecure() {
        isInsecure = true;
        tls = null;
        return this;
    }

    /**
     * Adds a listener, which is told of members, calls and handlers, from the very first one. {@link Workers#listen}
     * adds one later.
     *
     * @param listener must not block
     * @return this
     * @since 0.1.0
     */
    public WorkersBuilder listener(ClusterListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a context that goes from callers to handlers, such as a trace. Both sides need it.
     *
     * @param context what captures and restores it
     * @return this
     * @since 0.1.0
     */
    public WorkersBuilder context(RemoteContext context) {
        contexts.add(Objects.requireNonNull(context, "context"));
        return this;
    }

    /**
     * Sets whether callers are told what the handlers of their calls do: the names, states and stacks of those tasks
     * and of all below them. {@link Workers#dump} and {@code weft pstree --cluster} ask for it.
     *
     * @param isAllowed false by default
     * @return this
     * @since 0.1.0
     */
    public WorkersBuilder introspection(boolean isAllowed) {
        isIntrospectable = isAllowed;
        return this;
    }

    /**
     * Takes the settings that stand outside of the program: those of the file {@code weft-cluster.properties} in the
     * working directory, if there is one; then variables of the environment, as {@code WEFT_CLUSTER_SUSPECT_AFTER=5s};
     * then system properties, as {@code -Dweft.cluster.suspectAfter=5s}. The later one wins. The property
     * {@code weft.cluster.config} or the variable {@code WEFT_CLUSTER_CONFIG} names another file.
     *
     * <p>The keys are the names of methods: those of this class that take text, a number, a time or a flag, {@code tls}
     * with a folder for {@link Tls#fromPem}, and {@code allow} for {@link Tls#allow}. Methods called before this give
     * defaults; those called afterwards have the last word.
     *
     * <p><b>Blocking:</b> while files are read and hosts looked up. <b>Cancellation:</b> never a cancellation point.
     *
     * @return this
     * @throws IllegalArgumentException with all mistakes at once, and the file and line, variable or property of each
     * @throws IOException if the file cannot be read
     * @since 0.1.0
     */
    public WorkersBuilder configure() throws IOException {
        OutsideSettings.ofProcess().apply(this, null);
        return this;
    }

    /**
     * Takes the settings of {@code file}, and then those of the environment and of system properties, as
     * {@link #configure()} does.
     *
     * <p><b>Blocking:</b> while files are read and hosts looked up. <b>Cancellation:</b> never a cancellation point.
     *
     * @param file in the format of {@link java.util.Properties}, in UTF-8; the folder of {@code tls} in it is relative
     *     to the folder of the file
     * @return this
     * @throws NullPointerException if {@code file} is null
     * @throws IllegalArgumentException with all mistakes at once, and the file and line, variable or property of each
     * @throws IOException if the file is missing or cannot be read
     * @since 0.1.0
     */
    public WorkersBuilder configure(Path file) throws IOException {
        OutsideSettings.ofProcess().apply(this, Objects.requireNonNull(file, "file"));
        return this;
    }

    void allow(List<String> names) {
        tls = Objects.requireNonNull(tls, "tls").allow(names.toArray(String[]::new));
    }

    /**
     * Joins the cluster. From then on its numbers can be read by JMX, as {@link WorkersMXBean} says.
     *
     * <p><b>Blocking:</b> until this member has found others or has given up looking, which takes some seconds at most.
     * <b>Cancellation:</b> a cancellation point at the end.
     *
     * @return workers, to be closed
     * @throws IllegalStateException if there is no {@link #bind} address, or one without a port for {@link #joinDns};
     *     or neither {@link #tls} nor {@link #insecure()} with a loopback address; or this process has another version
     *     of JGroups than 5.5.7 or a later 5.5
     * @throws IOException if the address is not this machine's, the port is taken, or a certificate does not fit
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public Workers open() throws IOException, InterruptedException {
        var endpoint = Endpoints.of(bind, peers, dns, maxFrame, tls != null, isInsecure);
        try {
            return open(new JGroupsTransport(cluster, displayName(), endpoint, tls == null ? null : tls::contexts));
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot join the cluster '" + cluster + "' at " + bind + ": " + e.getMessage(), e);
        }
    }

    private String displayName() {
        return name.isEmpty() ? DefaultName.get() : name;
    }

    /** Opens workers on a transport that has not been started. */
    Workers open(Transport transport) throws Exception {
        var settings = new Settings(
                displayName(),
                services.isEmpty() ? 0 : limit,
                services.stream().map(Service::id).toList(),
                suspectAfter,
                onLoss == OnLoss.AT_ONCE,
                local,
                maxFrame,
                contexts,
                isIntrospectable);
        var served = services.stream().map(service -> service.in(maxFrame)).toList();
        return Opening.open(cluster, settings, transport, served, listeners);
    }

    /** A handler and what it does. */
    private record Service<A, R>(Handler<A, R> handler, Code<? super A, ? extends R> code) {

        HandlerVersion id() {
            return handler.id();
        }

        Served in(int maxFrame) {
            return new ServedHandler<>(handler, code, maxFrame);
        }
    }
}
