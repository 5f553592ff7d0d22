package dev.weft.test.internal.hooks;

import java.util.Collection;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.Vector;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells by the class of an object which kind of point a call of it is. A variable's type does not tell. */
final class Receivers {

    private static final ClassValue<Kind> KINDS = new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            return kind(type);
        }
    };

    /** Methods that wait, and those called in place of one that waits for some time. */
    private static final Set<String> WAITS = Set.of(
            "acquire",
            "await",
            "awaitAdvanceInterruptibly",
            "awaitTermination",
            "exchange",
            "get",
            "invokeAny",
            "isDone",
            "isTerminated",
            "lockInterruptibly",
            "offer",
            "offerFirst",
            "offerLast",
            "poll",
            "pollFirst",
            "pollLast",
            "put",
            "putFirst",
            "putLast",
            "take",
            "takeFirst",
            "takeLast",
            "transfer",
            "tryAcquire",
            "tryLock",
            "tryTransfer");

    private static final ClassValue<Boolean> AS_JDK = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            var each = type;
            for (; !isJdk(each); each = each.getSuperclass()) {
                if (Stream.of(each.getDeclaredMethods()).anyMatch(method -> WAITS.contains(method.getName()))) {
                    return false;
                }
            }
            return each == type || each.getName().startsWith("java.util.concurrent.");
        }
    };

    private Receivers() {}

    private enum Kind {
        CONCURRENT,
        COLLECTION,
        OTHER
    }

    /** The kind of a call's point, or null for a call that is none. */
    static @Nullable Point of(@Nullable Object receiver) {
        if (receiver == null) {
            return null;
        }
        return switch (KINDS.get(receiver.getClass())) {
            case CONCURRENT -> Point.CALL;
            case COLLECTION -> Point.COLLECTION;
            case OTHER -> null;
        };
    }

    /** Whether the class is the JDK's: a wait of a user's own class is rewritten itself, or nobody's to replace. */
    static boolean isJdk(Object receiver) {
        return isJdk(receiver.getClass());
    }

    /** Whether its waits are those of a class of the JDK, none of which a user's subclass has written anew. */
    static boolean waitsAsJdk(Object receiver) {
        return AS_JDK.get(receiver.getClass());
    }

    private static boolean isJdk(Class<?> type) {
        var name = type.getName();
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }

    private static Kind kind(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            var name = each.getName();
            if (name.startsWith("java.util.concurrent.")
                    || name.startsWith("java.util.Collections$Synchronized")
                    || name.startsWith("java.lang.invoke.")
                    || each == Thread.class
                    || each == Vector.class
                    || each == Hashtable.class) {
                return Kind.CONCURRENT;
            }
        }
        var own = hasPoints(type) ? ofJdk(type) : type;
        return !own.getName().contains("Immutable") && isCollection(own) ? Kind.COLLECTION : Kind.OTHER;
    }

    /** Whether the methods of the class have switch points: a library's have none, as the JDK's have none. */
    private static boolean hasPoints(Class<?> type) {
        return type.getClassLoader() instanceof Rewriting;
    }

    /** The class itself or the first of its superclasses that is the JDK's, and no frame for what others write. */
    private static Class<?> ofJdk(Class<?> type) {
        var each = type;
        while (!isJdk(each)) {
            each = each.getSuperclass();
        }
        return each.getName().startsWith("java.util.Abstract") ? Object.class : each;
    }

    private static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || Map.Entry.class.isAssignableFrom(type)
                || Iterator.class.isAssignableFrom(type)
                || Enumeration.class.isAssignableFrom(type)
                || (CharSequence.class.isAssignableFrom(type) && type != String.class);
    }
}
