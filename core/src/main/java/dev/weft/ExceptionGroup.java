package dev.weft;

import dev.weft.internal.failure.DistinctFailures;
import dev.weft.internal.failure.Foreign;
import dev.weft.internal.failure.Portable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Several exceptions that belong together: what a {@link Weft#taskGroup(GroupBody) taskGroup} throws. Members may be
 * groups themselves, so this is a tree; {@link #printStackTrace()} prints it as one, and its message names the members.
 *
 * <p>To handle some by type and let the rest pass on, as Python's {@code except*} does:
 *
 * <pre>{@code
 * try {
 *     taskGroup(group -> { … });
 * } catch (ExceptionGroup group) {
 *     group.handle(IOException.class, e -> log(e))
 *          .handle(SQLException.class, e -> rollback())
 *          .rethrowRest();
 * }
 * }</pre>
 *
 * <p>Immutable, but for what every {@link Throwable} lets one add. Serializable: a member that is not is replaced by an
 * exception that has its text and its stack.
 */
public final class ExceptionGroup extends Exception {

    private static final long serialVersionUID = 1L;

    private final String text;

    @SuppressWarnings("serial") // of a list that can be
    private final List<Throwable> exceptions;

    /**
     * Groups exceptions.
     *
     * @param message says what failed; {@link #getMessage} adds the members to it
     * @param exceptions at least one; one that is given several times is a member once. The first is also this group's
     *     cause, the others are suppressed in it, so that stock tools print them all
     * @throws IllegalArgumentException if there is none
     */
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(message, exceptions.isEmpty() ? null : exceptions.getFirst());
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("a group must have at least one exception");
        }
        this.text = Objects.requireNonNull(message, "message");
        this.exceptions = DistinctFailures.of(exceptions);
        this.exceptions.subList(1, this.exceptions.size()).forEach(this::addSuppressed);
    }

    /**
     * The members, in the order in which they came, each once.
     *
     * @return unmodifiable, with one element at least
     */
    public List<Throwable> exceptions() {
        return exceptions;
    }

    /**
     * The members that are not groups themselves, of this group and of all groups in it, each once.
     *
     * @return in the order of the tree; one element at least, and no {@link ExceptionGroup}
     */
    public List<Throwable> leaves() {
        var leaves = new DistinctFailures();
        var open = new java.util.ArrayDeque<Throwable>(exceptions);
        while (!open.isEmpty()) {
            var next = open.pop();
            if (next instanceof ExceptionGroup group) {
                group.exceptions.reversed().forEach(open::push);
            } else {
                leaves.add(next);
            }
        }
        return leaves.all();
    }

    /**
     * The part of this tree whose leaves satisfy {@code condition}, with the same nesting; empty if there is none.
     *
     * @param condition called as by {@link #split(Predicate)}
     * @return a group with the matching leaves; this very group if all match
     */
    public Optional<ExceptionGroup> subgroup(Predicate<? super Throwable> condition) {
        return Optional.ofNullable(split(condition).matching());
    }

    /**
     * The part of this tree whose leaves are of {@code type}.
     *
     * @param type the class of the leaves, or one above it; {@link ExceptionGroup} takes this whole group
     * @return a group with the matching leaves; this very group if all match; empty if none does
     */
    public Optional<ExceptionGroup> subgroup(Class<? extends Throwable> type) {
        Objects.requireNonNull(type, "type");
        return subgroup(membersOf(type));
    }

    /**
     * This tree as two, by whether its leaves satisfy {@code condition}. A group that satisfies it itself is not taken
     * apart.
     *
     * @param condition called with this group, with each group in it and with each leaf, outer ones first; its
     *     exceptions are thrown from here
     * @return both parts, each a group of the same nesting; one of them may be this very group
     */
    public Split split(Predicate<? super Throwable> condition) {
        Objects.requireNonNull(condition, "condition");
        if (condition.test(this)) {
            return new Split(this, null);
        }
        var matching = new ArrayList<Throwable>();
        var rest = new ArrayList<Throwable>();
        for (var exception : exceptions) {
            if (exception instanceof ExceptionGroup group) {
                var parts = group.split(condition);
                if (parts.matching() != null) {
                    matching.add(parts.matching());
                }
                if (parts.rest() != null) {
                    rest.add(parts.rest());
                }
            } else {
                (condition.test(exception) ? matching : rest).add(exception);
            }
        }
        return new Split(derive(matching), derive(rest));
    }

    /**
     * This tree as two, by whether its leaves are of {@code type}.
     *
     * @param type the class of the leaves, or one above it; {@link ExceptionGroup} takes this whole group
     * @return both parts, each a group of the same nesting; one of them may be this very group
     */
    public Split split(Class<? extends Throwable> type) {
        Objects.requireNonNull(type, "type");
        return split(membersOf(type));
    }

    /**
     * The two parts of a tree.
     *
     * @param matching null if nothing matches
     * @param rest null if everything matches
     */
    public record Split(
            @Nullable ExceptionGroup matching, @Nullable ExceptionGroup rest) {}

    /**
     * Hands each leaf of {@code type} to {@code handler}, in order.
     *
     * @param <X> the type of the exceptions that are handled
     * @param <Y> the checked exception that the handler throws; {@link RuntimeException} for none
     * @param type the class of the leaves, or one above it; not {@link ExceptionGroup}, which is no leaf's
     * @param handler called once for each such leaf, on the caller's thread
     * @return the rest, to be handled further or thrown
     * @throws Y what the handler threw; the leaves that have not been handled are suppressed into it
     * @throws IllegalArgumentException if {@code type} is {@link ExceptionGroup}
     */
    public <X extends Throwable, Y extends Exception> Handling handle(Class<X> type, Handler<? super X, Y> handler)
            throws Y {
        return new Handling(this).handle(type, handler);
    }

    /** A group is an {@link Exception} itself, but its leaves need not be. */
    private static Predicate<Throwable> membersOf(Class<? extends Throwable> type) {
        return ExceptionGroup.class.isAssignableFrom(type)
                ? type::isInstance
                : member -> type.isInstance(member) && !(member instanceof ExceptionGroup);
    }

    private @Nullable ExceptionGroup derive(List<Throwable> members) {
        if (members.isEmpty()) {
            return null;
        }
        if (areThoseOfThis(members)) {
            return this;
        }
        var derived = new ExceptionGroup(text, members);
        derived.setStackTrace(getStackTrace());
        return derived;
    }

    private Object writeReplace() {
        return Portable.of(this);
    }

    /** This group with other members. */
    ExceptionGroup copy(UnaryOperator<Throwable> member) {
        return new ExceptionGroup(text, exceptions.stream().map(member).toList());
    }

    private boolean areThoseOfThis(List<Throwable> members) {
        var same = members.size() == exceptions.size();
        for (var i = 0; same && i < members.size(); i++) {
            same = members.get(i) == exceptions.get(i); // not by equals, which is the members' own
        }
        return same;
    }

    /**
     * As in {@code 2 tasks failed [IOException: no route, IllegalStateException]}. A member whose own message cannot be
     * had, as its {@code getMessage} throws, is named by its class.
     */
    @Override
    public String getMessage() {
        var described = DESCRIBED.get();
        if (!described.add(this)) {
            return text; // a member asks its group
        }
        try {
            return text + members();
        } finally {
            described.remove(this);
            if (described.isEmpty()) {
                DESCRIBED.remove();
            }
        }
    }

    private String members() {
        var message = new StringBuilder(" [");
        for (var i = 0; i < exceptions.size(); i++) {
            if (i == MAX_NAMED) {
                message.append(", … ").append(exceptions.size() - MAX_NAMED).append(" more");
                break;
            }
            message.append(i == 0 ? "" : ", ").append(describe(exceptions.get(i)));
        }
        return message.append(']').toString();
    }

    private static final int MAX_NAMED = 10;

    /** The groups whose members the thread asks for their messages. */
    private static final ThreadLocal<Set<ExceptionGroup>> DESCRIBED = ThreadLocal.withInitial(HashSet::new);

    private static String describe(Throwable exception) {
        var name = exception.getClass().getSimpleName();
        var message = exception instanceof ExceptionGroup group ? group.text : Foreign.message(exception);
        return message == null ? name : name + ": " + message;
    }

    /**
     * Does something about an exception.
     *
     * @param <X> the type of the exception
     * @param <Y> the checked exception that the handler throws
     */
    @FunctionalInterface
    public interface Handler<X extends Throwable, Y extends Exception> {
        /**
         * Does something about {@code exception}.
         *
         * @param exception a leaf of the group
         * @throws Y if the exception cannot be handled, or must be replaced
         */
        void handle(X exception) throws Y;
    }

    /** The rest of a group, once some of its members have been handled. */
    public static final class Handling {

        private final @Nullable ExceptionGroup rest;

        private Handling(@Nullable ExceptionGroup rest) {
            this.rest = rest;
        }

        /**
         * Hands each remaining leaf of {@code type} to {@code handler}, in order.
         *
         * @param <X> the type of the exceptions that are handled
         * @param <Y> the checked exception that the handler throws; {@link RuntimeException} for none
         * @param type the class of the leaves, or one above it; not {@link ExceptionGroup}, which is no leaf's
         * @param handler called once for each such leaf, on the caller's thread
         * @return the rest, to be handled further or thrown
         * @throws Y what the handler threw; the leaves that have not been handled are suppressed into it
         * @throws IllegalArgumentException if {@code type} is {@link ExceptionGroup}
         * @throws IllegalArgumentException if {@code type} is {@link ExceptionGroup}
         */
        public <X extends Throwable, Y extends Exception> Handling handle(Class<X> type, Handler<? super X, Y> handler)
                throws Y {
            Objects.requireNonNull(handler, "handler");
            if (ExceptionGroup.class.isAssignableFrom(Objects.requireNonNull(type, "type"))) {
                throw new IllegalArgumentException(
                        "no leaf is an ExceptionGroup: give the class of the leaves, or catch the whole group");
            }
            if (rest == null) {
                return this;
            }
            var parts = rest.split(type);
            if (parts.matching() == null) {
                return this;
            }
            var leaves = parts.matching().leaves();
            for (var i = 0; i < leaves.size(); i++) {
                try {
                    handler.handle(type.cast(leaves.get(i)));
                } catch (Throwable thrown) {
                    for (var left : leaves.subList(i, leaves.size())) {
                        suppress(thrown, left);
                    }
                    if (parts.rest() != null) {
                        suppress(thrown, parts.rest());
                    }
                    throw thrown;
                }
            }
            return new Handling(parts.rest());
        }

        /**
         * Throws what has not been handled, as a group with the same nesting. Does nothing if all was.
         *
         * @throws ExceptionGroup the rest; the very group that was handled if no handler was called
         */
        public void rethrowRest() throws ExceptionGroup {
            if (rest != null) {
                throw rest;
            }
        }

        /**
         * The members that have not been handled; empty if all were.
         *
         * @return a group with the same nesting; the very group that was handled if no handler was called
         */
        public Optional<ExceptionGroup> rest() {
            return Optional.ofNullable(rest);
        }

        private static void suppress(Throwable into, Throwable exception) {
            if (into != exception) {
                into.addSuppressed(exception);
            }
        }
    }
}
