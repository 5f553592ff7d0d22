package dev.weft.test.internal.rewrite;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts about other classes that rewriting needs. Users' classes are read and not loaded, as loading would load them
 * twice.
 */
final class KnownClasses {

    /** A class that has been read. */
    private record Known(
            boolean isInterface,
            @Nullable String superclass,
            List<String> interfaces,
            Map<String, Integer> fields,
            Set<String> methods) {}

    private static final int UNSHARED = ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC;

    private final Function<String, @Nullable InputStream> resources;
    private final Map<String, Optional<Known>> known = new ConcurrentHashMap<>();

    /** Reads classes by the path of their file. */
    KnownClasses(Function<String, @Nullable InputStream> resources) {
        this.resources = resources;
    }

    static boolean isJdk(String internalName) {
        return internalName.startsWith("java/")
                || internalName.startsWith("javax/")
                || internalName.startsWith("jdk/")
                || internalName.startsWith("sun/");
    }

    /** Whether another thread may change the field: not final, and nothing that a compiler has added. */
    boolean isShared(String owner, String field) {
        var each = owner;
        while (each != null && !isJdk(each)) {
            var here = find(each);
            if (here == null) {
                return true;
            }
            var flags = here.fields.get(field);
            if (flags != null) {
                return (flags & UNSHARED) == 0;
            }
            each = here.superclass;
        }
        return each != null && !isJdk(owner) && !each.equals("java/lang/Object");
    }

    /** Whether a compiler has added the field to the class. */
    boolean isSynthetic(String owner, String field) {
        var here = find(owner);
        var flags = here == null ? null : here.fields.get(field);
        return flags == null || (flags & ClassFile.ACC_SYNTHETIC) != 0;
    }

    /**
     * Whether an instruction that names the class and that member of it may run code of users' to initialize the class.
     * A member that is inherited does not.
     *
     * @param member a field, or a method with its parameters; null for a new object
     */
    boolean initializes(String owner, @Nullable String member) {
        var here = isJdk(owner) ? null : find(owner);
        return here != null
                && (member == null || here.fields.containsKey(member) || here.methods.contains(member))
                && hasInitializer(owner);
    }

    /** Whether the class or a superclass has code in its static initializer. */
    private boolean hasInitializer(String internalName) {
        var each = internalName;
        while (each != null && !isJdk(each)) {
            var here = find(each);
            if (here == null) {
                return false;
            }
            if (here.methods.contains("<clinit>()V")) {
                return true;
            }
            each = here.superclass;
        }
        return false;
    }

    /**
     * The JDK's class that the call ends at: the named one, a superclass or an interface. Null if a user's class has
     * the method.
     */
    @Nullable
    Class<?> jdkClass(Call call) {
        var interfaces = new ArrayList<String>();
        var each = call.owner();
        while (each != null && !isJdk(each)) {
            var here = find(each);
            if (here == null || here.methods.contains(signature(call))) {
                return null;
            }
            interfaces.addAll(here.interfaces);
            each = here.superclass;
        }
        if (each == null) {
            return null;
        }
        var inherited = each.equals("java/lang/Object") ? jdkInterface(interfaces, call) : null;
        return inherited == null ? load(each) : inherited;
    }

    /** The first of the class that the call names and its superclasses that has the method; else the named one. */
    String declaringClass(Call call) {
        var each = call.owner();
        while (each != null && !isJdk(each)) {
            var here = find(each);
            if (here == null || here.methods.contains(signature(call))) {
                return each;
            }
            each = here.superclass;
        }
        return call.owner();
    }

    private @Nullable Class<?> jdkInterface(List<String> interfaces, Call call) {
        for (var each : interfaces) {
            if (isJdk(each)) {
                var type = load(each);
                if (type != null && has(type, call)) {
                    return type;
                }
            } else {
                var here = find(each);
                if (here == null || here.methods.contains(signature(call))) {
                    return null;
                }
                var inherited = jdkInterface(here.interfaces, call);
                if (inherited != null) {
                    return inherited;
                }
            }
        }
        return null;
    }

    private static boolean has(Class<?> type, Call call) {
        return Stream.of(type.getMethods())
                .anyMatch(method -> method.getName().equals(call.name())
                        && MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                                .descriptorString()
                                .equals(call.type().descriptorString()));
    }

    private static String signature(Call call) {
        return call.name() + call.type().descriptorString();
    }

    /** For the frames of rewritten methods. */
    ClassHierarchyResolver hierarchy() {
        return this::info;
    }

    private @Nullable ClassHierarchyInfo info(ClassDesc type) {
        var descriptor = type.descriptorString();
        var name = descriptor.substring(1, descriptor.length() - 1);
        if (isJdk(name)) {
            var loaded = load(name);
            if (loaded != null) {
                return loaded.isInterface()
                        ? ClassHierarchyInfo.ofInterface()
                        : ClassHierarchyInfo.ofClass(superclass(loaded));
            }
        }
        var here = find(name);
        if (here == null) {
            return null;
        }
        return here.isInterface
                ? ClassHierarchyInfo.ofInterface()
                : ClassHierarchyInfo.ofClass(
                        here.superclass == null ? null : ClassDesc.ofInternalName(here.superclass));
    }

    private static @Nullable ClassDesc superclass(Class<?> type) {
        var superclass = type.getSuperclass();
        return superclass == null ? null : superclass.describeConstable().orElseThrow();
    }

    /** The JDK's class of that name, if it is one. */
    static @Nullable Class<?> ofJdk(String internalName) {
        return isJdk(internalName) ? load(internalName) : null;
    }

    private static @Nullable Class<?> load(String internalName) {
        try {
            return Class.forName(internalName.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** Takes a class that is being rewritten, so that it need not be read again. */
    void add(ClassModel model) {
        known.put(model.thisClass().asInternalName(), Optional.of(describe(model)));
    }

    private @Nullable Known find(String internalName) {
        var found = known.get(internalName);
        if (found == null) {
            found = read(internalName);
            known.put(internalName, found);
        }
        return found.orElse(null);
    }

    private Optional<Known> read(String internalName) {
        try (var stream = resources.apply(internalName + ".class")) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(describe(ClassFile.of().parse(stream.readAllBytes())));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Known describe(ClassModel model) {
        var fields = new HashMap<String, Integer>();
        for (var field : model.fields()) {
            fields.put(field.fieldName().stringValue(), field.flags().flagsMask());
        }
        var methods = new HashSet<String>();
        for (var method : model.methods()) {
            methods.add(method.methodName().stringValue() + method.methodType().stringValue());
        }
        return new Known(
                (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0,
                model.superclass().map(entry -> entry.asInternalName()).orElse(null),
                model.interfaces().stream().map(entry -> entry.asInternalName()).toList(),
                fields,
                methods);
    }
}
