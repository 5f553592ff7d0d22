package samples.deep;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;

/** Loads the classes of a library, all in one turn. */
public final class ManyClasses implements Callable<Object> {

    private static final String ROOT = "/org/assertj/core/api";

    /** Made by the simulation. */
    public ManyClasses() {}

    @Override
    public Object call() throws Exception {
        var loaded = 0;
        for (var name : names()) {
            loaded += load(name);
        }
        return loaded;
    }

    private static int load(String name) throws ClassNotFoundException {
        try {
            Class.forName(name, false, ManyClasses.class.getClassLoader());
            return 1;
        } catch (NoClassDefFoundError e) {
            return 0; // it needs a library that is not there
        }
    }

    private static List<String> names() throws IOException {
        var here = String.valueOf(
                Assertions.class.getProtectionDomain().getCodeSource().getLocation());
        try (var files = FileSystems.newFileSystem(URI.create("jar:" + here), Map.of());
                var all = Files.walk(files.getPath(ROOT))) {
            return all.map(Path::toString)
                    .filter(path -> path.endsWith(".class"))
                    .map(path ->
                            path.substring(1, path.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }
}
