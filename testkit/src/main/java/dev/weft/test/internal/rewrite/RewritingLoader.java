package dev.weft.test.internal.rewrite;

import dev.weft.Weft;
import dev.weft.test.internal.hooks.Rewriting;
import dev.weft.test.internal.hooks.SwitchPoints;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of some packages once more, with switch points, from the class files that its parent finds. Every
 * other class is the parent's. A class has a second identity here: objects cannot be handed between it and the class of
 * the same name in the parent.
 *
 * <p>Packages must be taken as a whole, since a class here is in another run-time package than one of the parent's.
 * Thread-safe.
 */
public final class RewritingLoader extends ClassLoader implements Rewriting {

    static {
        registerAsParallelCapable();
    }

    /** Never twice: the library's own classes, though a test of it may be in the same package. */
    private static final List<String> OWN_ROOTS = List.of(Origin.root(SwitchPoints.class), Origin.root(Weft.class));

    private static final String HOOKS = SwitchPoints.class.getPackageName();

    /** A class file, with the folder or archive that it comes from. */
    private record File(String root, ClassRewriter.Rewriting rewriting) {}

    private final ClassLoader parent;
    private final Predicate<String> rewritten;
    private final ClassRewriter rewriter;
    private final Map<String, File> files;
    private final Map<String, ProtectionDomain> domains = new ConcurrentHashMap<>();
    private final Set<Unwritten> unwritten = ConcurrentHashMap.newKeySet();

    /**
     * Rewrites the classes of the packages named.
     *
     * @param parent the loader of the test
     * @param rewritten tells by the name of a class whether it is rewritten
     */
    public RewritingLoader(ClassLoader parent, Predicate<String> rewritten) {
        this(parent, rewritten, new ClassRewriter(path -> open(parent, path), rewritten), new ConcurrentHashMap<>());
    }

    private RewritingLoader(
            ClassLoader parent, Predicate<String> rewritten, ClassRewriter rewriter, Map<String, File> files) {
        super(parent); // without a name, which would stand before each frame of a stack trace
        this.parent = parent;
        this.rewritten = rewritten;
        this.rewriter = rewriter;
        this.files = files;
        SwitchPoints.class.getModule().addExports(HOOKS, getUnnamedModule());
    }

    /**
     * Rewrites the test's own package and those below.
     *
     * @param test a class
     * @param names of packages and classes; if there are none, the test's own package
     * @return a new loader
     * @throws IllegalArgumentException if a name is not one of a package or class, or names the JDK or JUnit
     */
    public static RewritingLoader of(Class<?> test, String... names) {
        var parent = test.getClassLoader();
        if (parent == null) {
            throw new IllegalArgumentException(test.getName() + " is a class of the JDK, which cannot be rewritten");
        }
        var loader =
                new RewritingLoader(parent, names.length == 0 ? Patterns.around(test) : Patterns.of(List.of(names)));
        loader.setDefaultAssertionStatus(test.desiredAssertionStatus());
        return loader;
    }

    /**
     * A loader of the same classes, whose static fields are as at the start. A rewritten class is not rewritten again,
     * so that each schedule can have a loader of its own.
     *
     * @param assertions whether assertions are enabled
     */
    RewritingLoader again(boolean assertions) {
        var loader = new RewritingLoader(parent, rewritten, rewriter, files);
        loader.setDefaultAssertionStatus(assertions);
        return loader;
    }

    /** Classes and methods that have been loaded without switch points, and why; sorted. */
    public List<Unwritten> unwritten() {
        return unwritten.stream()
                .sorted(Comparator.comparing(Unwritten::name).thenComparing(Unwritten::reason))
                .toList();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(HOOKS) && name.lastIndexOf('.') == HOOKS.length()) {
            return Class.forName(name, false, SwitchPoints.class.getClassLoader());
        }
        if (Patterns.isNever(name) || !rewritten.test(name)) {
            return parent.loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = load(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> load(String name) throws ClassNotFoundException {
        var file = files.get(name);
        if (file == null) {
            file = find(name);
            if (file == null) {
                return parent.loadClass(name);
            }
            files.put(name, file);
        }
        unwritten.addAll(file.rewriting().left());
        definePackage(name);
        var bytes = file.rewriting().bytes();
        return defineClass(name, bytes, 0, bytes.length, domain(file.root()));
    }

    /** The class rewritten; null for one that is the parent's although its name fits. */
    private @Nullable File find(String name) throws ClassNotFoundException {
        var path = name.replace('.', '/') + ".class";
        var file = parent.getResource(path);
        if (file == null) {
            parent.loadClass(name);
            unwritten.add(new Unwritten(name, "has no class file: it was made while the program runs"));
            return null;
        }
        var root = Origin.root(file, path);
        if (name.startsWith("dev.weft.") && OWN_ROOTS.contains(root)) {
            return null;
        }
        try {
            return new File(root, rewriter.rewrite(name, read(file)));
        } catch (IOException e) {
            throw new ClassNotFoundException(name + ": its file " + file + " cannot be read", e);
        }
    }

    private static byte[] read(URL file) throws IOException {
        var connection = file.openConnection();
        connection.setUseCaches(false);
        try (var stream = connection.getInputStream()) {
            return stream.readAllBytes();
        }
    }

    private static @Nullable InputStream open(ClassLoader parent, String path) {
        var file = parent.getResource(path);
        try {
            return file == null ? null : file.openStream();
        } catch (IOException e) {
            return null;
        }
    }

    /** Without the signers of an archive: they have not signed what is defined here. */
    private ProtectionDomain domain(String root) {
        return domains.computeIfAbsent(
                root,
                address -> new ProtectionDomain(
                        new CodeSource(Origin.address(address), (Certificate @Nullable []) null), null, this, null));
    }

    /**
     * With the names and versions that the parent's package has. It is not sealed: its classes have one source here.
     */
    private void definePackage(String className) {
        var end = className.lastIndexOf('.');
        if (end < 0) {
            return;
        }
        var name = className.substring(0, end);
        if (getDefinedPackage(name) != null) {
            return;
        }
        var known = parent.getDefinedPackage(name);
        try {
            if (known == null) {
                definePackage(name, null, null, null, null, null, null, null);
            } else {
                definePackage(
                        name,
                        known.getSpecificationTitle(),
                        known.getSpecificationVersion(),
                        known.getSpecificationVendor(),
                        known.getImplementationTitle(),
                        known.getImplementationVersion(),
                        known.getImplementationVendor(),
                        null);
            }
        } catch (IllegalArgumentException e) {
            // another thread was faster
        }
    }

    @Override
    public String toString() {
        return "RewritingLoader[" + parent + "]";
    }
}
