package dev.weft.test.internal.rewrite;

import dev.weft.test.internal.hooks.SwitchPoints;
import java.io.InputStream;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts switch points into the bytes of a class. The result is verified here: a class that the JVM would refuse is left
 * unchanged, and named. Thread-safe.
 */
final class ClassRewriter {

    /** Before it there are instructions that no longer exist. */
    private static final int OLDEST = ClassFile.JAVA_6_VERSION;

    /** Methods with more bytes of code stay as they are, if the class as a whole does not fit. */
    private static final int LARGE = 8_000;

    private final KnownClasses known;
    private final Predicate<String> rewritten;
    private final ClassFile files;

    /** Reads other classes by the path of their file, and takes all of them for rewritten. */
    ClassRewriter(Function<String, @Nullable InputStream> resources) {
        this(resources, _ -> true);
    }

    /**
     * Reads other classes by the path of their file.
     *
     * @param rewritten tells by the name of a class whether it is rewritten, too
     */
    ClassRewriter(Function<String, @Nullable InputStream> resources, Predicate<String> rewritten) {
        this.rewritten = rewritten;
        known = new KnownClasses(resources);
        files = ClassFile.of(ClassHierarchyResolverOption.of(known.hierarchy()));
    }

    /**
     * A class after rewriting.
     *
     * @param bytes the class file, which is the given one if nothing could be done
     * @param left what has no switch points
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rewriting(byte[] bytes, List<Unwritten> left) {}

    Rewriting rewrite(String name, byte[] bytes) {
        try {
            return rewrite(name, bytes, files.parse(bytes));
        } catch (IllegalArgumentException e) {
            return unchanged(name, bytes, "cannot be read: " + e.getMessage());
        }
    }

    private Rewriting rewrite(String name, byte[] bytes, ClassModel model) {
        if (model.majorVersion() < OLDEST) {
            return unchanged(
                    name, bytes, "its class-file version is " + model.majorVersion() + ", and must be 50 or more");
        }
        if (isInterface(model) && model.majorVersion() < ClassFile.JAVA_8_VERSION) {
            return unchanged(name, bytes, "is an interface of before Java 8, which can have no static methods");
        }
        for (var method : model.methods()) {
            if (method.methodName().stringValue().startsWith(SwitchPoints.BRIDGE)) {
                return unchanged(name, bytes, "is rewritten already");
            }
        }
        known.add(model);
        var first = attempt(model, true);
        if (first.errors.isEmpty()) {
            return new Rewriting(first.bytes, first.left);
        }
        var second = attempt(model, false);
        if (second.errors.isEmpty()) {
            return new Rewriting(second.bytes, second.left);
        }
        return unchanged(name, bytes, first.errors);
    }

    private static Rewriting unchanged(String name, byte[] bytes, String reason) {
        return new Rewriting(bytes, List.of(new Unwritten(name, reason)));
    }

    /** The rewritten class, or the reason why there is none. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Attempt(byte[] bytes, List<Unwritten> left, String errors) {}

    private Attempt attempt(ClassModel model, boolean whole) {
        var context = new ClassContext(model.thisClass().asSymbol(), isInterface(model), known, rewritten, whole);
        try {
            var bytes = files.transformClass(model, transform(context, whole));
            var errors = files.verify(bytes);
            return new Attempt(
                    bytes,
                    List.copyOf(context.left()),
                    errors.isEmpty() ? "" : String.valueOf(errors.getFirst().getMessage()));
        } catch (RuntimeException e) {
            return new Attempt(new byte[0], List.of(), String.valueOf(e.getMessage()));
        }
    }

    private static ClassTransform transform(ClassContext context, boolean whole) {
        return new ClassTransform() {
            @Override
            public void accept(ClassBuilder builder, ClassElement element) {
                if (element instanceof MethodModel method && method.code().isPresent()) {
                    var code = method.code().get();
                    if (whole || !isLarge(code)) {
                        rewrite(builder, method, context);
                        return;
                    }
                    context.leave(
                            context.className() + "." + method.methodName().stringValue(),
                            "is too large for switch points");
                }
                builder.with(element);
            }

            @Override
            public void atEnd(ClassBuilder builder) {
                context.bridges().addTo(builder);
            }
        };
    }

    private static boolean isLarge(CodeModel code) {
        return code instanceof CodeAttribute attribute && attribute.codeLength() > LARGE;
    }

    private static void rewrite(ClassBuilder builder, MethodModel method, ClassContext context) {
        builder.transformMethod(method, (methods, element) -> {
            if (element instanceof CodeModel code) {
                methods.transformCode(code, CodeTransform.ofStateful(() -> new MethodRewriter(context, method, code)));
            } else if (element instanceof AccessFlags flags && isSynchronized(method)) {
                methods.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
            } else {
                methods.with(element);
            }
        });
    }

    private static boolean isInterface(ClassModel model) {
        return (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
    }

    static boolean isSynchronized(MethodModel method) {
        return (method.flags().flagsMask() & ClassFile.ACC_SYNCHRONIZED) != 0;
    }

    static boolean isStatic(MethodModel method) {
        return (method.flags().flagsMask() & ClassFile.ACC_STATIC) != 0;
    }
}
