package dev.weft.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/** The only class that the class path of {@link NestedJar} has: loads the rest from the jars within. */
final class NestedLauncher extends ClassLoader {

    private final Map<String, byte[]> files = new HashMap<>();

    private NestedLauncher() throws Exception {
        super(ClassLoader.getPlatformClassLoader());
        for (var name : new String[] {NestedJar.WEFT, NestedJar.PROGRAM}) {
            try (var in = NestedLauncher.class.getResourceAsStream("/" + name);
                    var jar = new JarInputStream(in)) {
                for (var entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                    files.put(entry.getName(), jar.readAllBytes());
                }
            }
        }
    }

    public static void main(String... args) throws Exception {
        var loader = new NestedLauncher();
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass("dev.weft.cli.InspectedProgram")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = files.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        var bytes = files.get(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
}
