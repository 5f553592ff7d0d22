package dev.weft.test.internal.rewrite;

import java.lang.constant.ClassDesc;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The state that rewriting the methods of one class shares. */
final class ClassContext {

    private final ClassDesc type;
    private final KnownClasses known;
    private final Bridges bridges;
    private final Predicate<String> rewritten;
    private final boolean replacesThreads;
    private final Set<Unwritten> left = new LinkedHashSet<>();

    ClassContext(
            ClassDesc type,
            boolean isInterface,
            KnownClasses known,
            Predicate<String> rewritten,
            boolean replacesThreads) {
        this.type = type;
        this.known = known;
        this.rewritten = rewritten;
        this.replacesThreads = replacesThreads;
        bridges = new Bridges(type, isInterface);
    }

    ClassDesc type() {
        return type;
    }

    String simpleName() {
        return Call.simple(Call.internalName(type));
    }

    String className() {
        return Call.internalName(type).replace('/', '.');
    }

    KnownClasses known() {
        return known;
    }

    Bridges bridges() {
        return bridges;
    }

    /**
     * Whether an instruction with that class and member may run the static initializer of a class that is rewritten.
     */
    boolean initializes(String owner, @Nullable String member) {
        return !owner.equals(Call.internalName(type))
                && rewritten.test(owner.replace('/', '.'))
                && known.initializes(owner, member);
    }

    /** Whether {@code new Thread} becomes a call; not for code that is unlike any compiler's. */
    boolean replacesThreads() {
        return replacesThreads;
    }

    Treatment treatment(Call call) {
        var treatment = Treatments.of(call, known);
        return treatment instanceof Treatment.Nothing && isOfLibrary(call)
                ? new Treatment.OfLibrary(call.what())
                : treatment;
    }

    /** Whether the method is that of a class which has no switch points of its own. */
    private boolean isOfLibrary(Call call) {
        if (call.isConstructor() || call.owner().startsWith("[")) {
            return false;
        }
        var declaring = known.declaringClass(call).replace('/', '.');
        return !Patterns.isQuiet(declaring) && !rewritten.test(declaring);
    }

    /** Notes a part that has no switch points. */
    void leave(String where, String reason) {
        left.add(new Unwritten(where, reason));
    }

    Set<Unwritten> left() {
        return left;
    }
}
