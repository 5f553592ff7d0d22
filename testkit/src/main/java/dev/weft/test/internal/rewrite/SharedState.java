package dev.weft.test.internal.rewrite;

import java.lang.constant.ConstantDescs;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;

/**
 * Calls of the JDK that read or write what others may have, although their receiver does not tell it: arrays and
 * collections as a whole, fields and elements by reflection, state of the JVM.
 */
final class SharedState {

    private static final Set<Class<?>> WHOLE =
            Set.of(Arrays.class, Collections.class, List.class, Set.class, Map.class);

    /** They read nothing yet, or take their arguments as an array that is new. */
    private static final List<String> VIEWS =
            List.of("unmodifiable", "synchronized", "checked", "asList", "of", "newSet");

    private SharedState() {}

    /** Whether a call of a static method, or of a method of {@link Field}, is one of these. */
    static boolean isUsedBy(Class<?> owner, Call call) {
        var name = call.name();
        if (owner == Field.class || owner == Array.class) {
            return (name.startsWith("get") || name.startsWith("set"))
                    && call.type().parameterCount() > 0
                    && call.type().parameterType(0).equals(ConstantDescs.CD_Object);
        }
        if (!call.isStatic()) {
            return false;
        }
        if (owner == System.class) {
            return name.equals("arraycopy") || name.endsWith("Property");
        }
        if (owner == Locale.class || owner == TimeZone.class) {
            return name.endsWith("Default");
        }
        return WHOLE.contains(owner) && VIEWS.stream().noneMatch(name::startsWith) && takesWhole(call);
    }

    /** Whether it is a constructor of the JDK that copies a collection. */
    static boolean isCopiedBy(Call constructor) {
        return KnownClasses.isJdk(constructor.owner())
                && constructor.type().parameterCount() == 1
                && Treatments.isCollection(constructor.ownerDesc())
                && Treatments.isCollection(constructor.type().parameterType(0));
    }

    private static boolean takesWhole(Call call) {
        return call.type().parameterList().stream().anyMatch(type -> type.isArray() || Treatments.isCollection(type));
    }
}
