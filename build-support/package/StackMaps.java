import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar, and gives the class files in it that are older than Java 6 the stack maps that later ones have: without
 * them the JVM verifies a class in the slow way, at each start, and does not take it into its cache.
 *
 * <p>Usage: java StackMaps.java FROM.jar TO.jar
 */
final class StackMaps {

    /** Java 6: the first that has them. */
    private static final int FIRST = ClassFile.JAVA_6_VERSION;

    /** Java 8: the same instructions as before, and stack maps are a must. */
    private static final int GIVEN = ClassFile.JAVA_8_VERSION;

    private StackMaps() {}

    public static void main(String... args) throws IOException {
        var from = Path.of(args[0]);
        var to = Path.of(args[1]);
        var changed = 0;
        try (var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
                var in = new JarFile(from.toFile());
                var out = new JarOutputStream(Files.newOutputStream(to))) {
            var classes = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (var entry : Collections.list(in.entries())) {
                var bytes = in.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class") && version(bytes) < FIRST) {
                    bytes = withStackMaps(classes, bytes);
                    changed++;
                }
                var copy = new JarEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                out.write(bytes);
                out.closeEntry();
            }
        }
        System.out.println(changed + " class files were given stack maps");
    }

    private static int version(byte[] file) {
        return Byte.toUnsignedInt(file[6]) << 8 | Byte.toUnsignedInt(file[7]);
    }

    private static byte[] withStackMaps(ClassFile classes, byte[] file) {
        return classes.transformClass(
                classes.parse(file),
                // to take a method apart and put it together again is what makes them
                ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                        .andThen(ClassTransform.endHandler(all -> all.withVersion(GIVEN, 0))));
    }
}
