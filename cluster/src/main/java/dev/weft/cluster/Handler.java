package dev.weft.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The name and the types of code that members serve and others call: a constant that both sides share.
 *
 * <pre>{@code
 * static final Handler<String, Integer> SIZE =
 *         Handler.of("size", Codecs.text(), Codecs.json(Integer.class)).idempotent(2);
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 * @since 0.1.0
 */
public final class Handler<A, R> {

    /** The longest name of a handler, in characters. */
    static final int MAX_NAME = 200;

    private final HandlerVersion id;
    private final Codec<A> in;
    private final Codec<R> out;
    private final int retries;
    private final List<Failure<?>> failures;

    /**
     * A type of exception that keeps its type on the way to the caller.
     *
     * @param type the class
     * @param codec its codec
     * @param <X> the type
     * @since 0.1.0
     */
    public record Failure<X extends Exception>(Class<X> type, Codec<X> codec) {

        /**
         * Creates a failure.
         *
         * @since 0.1.0
         */
        public Failure {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(codec, "codec");
        }
    }

    private Handler(HandlerVersion id, Codec<A> in, Codec<R> out, int retries, List<Failure<?>> failures) {
        this.id = id;
        this.in = Objects.requireNonNull(in, "in");
        this.out = Objects.requireNonNull(out, "out");
        this.retries = retries;
        this.failures = List.copyOf(failures);
    }

    /**
     * Returns a handler of version 1 that is not idempotent.
     *
     * @param name the name, the same on all members; 1 to 200 characters
     * @param in the codec of the argument
     * @param out the codec of the result
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @return a new handler
     * @throws IllegalArgumentException if the name is empty or too long
     * @since 0.1.0
     */
    public static <A, R> Handler<A, R> of(String name, Codec<A> in, Codec<R> out) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a handler's name has 1 to " + MAX_NAME + " characters, not all of them blank: '" + name + "'");
        }
        return new Handler<>(new HandlerVersion(name, 1, 1), in, out, 0, List.of());
    }

    /**
     * Returns this handler in another version. A member and a caller of different versions agree on the newest version
     * that both {@linkplain #accepts accept}.
     *
     * @param version at least 1; accepts this version alone until {@link #accepts} says otherwise
     * @return a new handler
     * @throws IllegalArgumentException if the version is less than 1
     * @since 0.1.0
     */
    public Handler<A, R> version(int version) {
        return new Handler<>(new HandlerVersion(name(), version, version), in, out, retries, failures);
    }

    /**
     * Returns this handler accepting older versions too.
     *
     * @param oldest the oldest version whose arguments and results the codecs can still read and write
     * @return a new handler
     * @throws IllegalArgumentException if {@code oldest} is less than 1 or greater than the version
     * @since 0.1.0
     */
    public Handler<A, R> accepts(int oldest) {
        return new Handler<>(new HandlerVersion(name(), id.version(), oldest), in, out, retries, failures);
    }

    /**
     * Returns this handler as one that may be run again elsewhere if its member is lost. Without this, a call that may
     * have begun is never run again.
     *
     * @param retries how many times at most
     * @return a new handler
     * @throws IllegalArgumentException if {@code retries} is negative
     * @since 0.1.0
     */
    public Handler<A, R> idempotent(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative: idempotent(" + retries + ")");
        }
        return new Handler<>(id, in, out, retries, failures);
    }

    /**
     * Returns this handler with a type of exception that keeps its type on the way to the caller. Of several types that
     * fit, the one named first counts. An exception of a subclass arrives as what the codec makes of it.
     *
     * @param type the class of the exception
     * @param codec its codec
     * @param <X> the type of the exception
     * @return a new handler
     * @since 0.1.0
     */
    public <X extends Exception> Handler<A, R> fails(Class<X> type, Codec<X> codec) {
        var more = new ArrayList<>(failures);
        more.add(new Failure<>(type, codec));
        return new Handler<>(id, in, out, retries, more);
    }

    /**
     * Returns the name.
     *
     * @return the name, which identifies the handler in the cluster
     * @since 0.1.0
     */
    public String name() {
        return id.name();
    }

    /**
     * Returns name and versions.
     *
     * @return what a member that serves this handler announces
     * @since 0.1.0
     */
    public HandlerVersion id() {
        return id;
    }

    /**
     * Returns the codec of the argument.
     *
     * @return the codec
     * @since 0.1.0
     */
    public Codec<A> in() {
        return in;
    }

    /**
     * Returns the codec of the result.
     *
     * @return the codec
     * @since 0.1.0
     */
    public Codec<R> out() {
        return out;
    }

    /**
     * Returns how many times a call may be run again.
     *
     * @return 0 unless {@link #idempotent}
     * @since 0.1.0
     */
    public int retries() {
        return retries;
    }

    /**
     * Returns the exceptions that keep their type.
     *
     * @return in the order of naming
     * @since 0.1.0
     */
    public List<Failure<?>> failures() {
        return failures;
    }

    /** As in {@code size v2}. */
    @Override
    public String toString() {
        return name() + " v" + id.version();
    }
}
