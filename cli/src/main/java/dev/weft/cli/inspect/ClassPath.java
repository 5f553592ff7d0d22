package dev.weft.cli.inspect;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The class path of another JVM, by its system properties. */
final class ClassPath {

    private static final String CLASS = "dev/weft/Weft.class";
    private static final String NESTED = "weft-core";

    private final Properties properties;

    ClassPath(Properties properties) {
        this.properties = properties;
    }

    /** Whether Weft is on it: as a jar, as a folder, as a part of a jar that holds a whole program. */
    boolean hasWeft() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(name -> properties.getProperty(name, ""))
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .filter(place -> !place.isEmpty())
                .anyMatch(this::hasWeft);
    }

    private boolean hasWeft(String place) {
        try {
            var path = Path.of(properties.getProperty("user.dir", "")).resolve(place);
            if (Files.isDirectory(path)) {
                return Files.exists(path.resolve(CLASS)) || folderOfJarsHasWeft(path);
            }
            return isInJar(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A folder on the module path may hold jars. */
    private boolean folderOfJarsHasWeft(Path folder) {
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            for (var file : files) {
                if (isInJar(file)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return false;
        }
    }

    private static boolean isInJar(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var jar = new ZipFile(file.toFile())) {
            return jar.getEntry(CLASS) != null
                    || jar.stream().anyMatch(entry -> entry.getName().contains(NESTED));
        } catch (IOException e) {
            return false;
        }
    }
}
