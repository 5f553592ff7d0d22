package dev.weft.cli;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes a jar of jars, as Spring Boot does: a launcher, and {@code weft-core} and a program each in a jar within. */
final class NestedJar {

    static final String WEFT = "BOOT-INF/lib/weft-core.jar";
    static final String PROGRAM = "BOOT-INF/lib/program.jar";

    private NestedJar() {}

    static Path make(Path folder) throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, NestedLauncher.class.getName());
        var jar = folder.resolve("program.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            putClasses(out, NestedLauncher.class);
            putClasses(out, NestedJar.class);
            put(out, WEFT, jarOf(placeOf(dev.weft.Weft.class)));
            put(out, PROGRAM, jarOfClasses(InspectedProgram.class));
        }
        return jar;
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws Exception {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** A class, and those within it. */
    private static void putClasses(JarOutputStream out, Class<?> type) throws Exception {
        var root = placeOf(type);
        var file = root.resolve(type.getName().replace('.', '/') + ".class");
        var stem = type.getSimpleName();
        try (var siblings = Files.list(file.getParent())) {
            for (var sibling : siblings.sorted().toList()) {
                var name = sibling.getFileName().toString();
                if (name.equals(stem + ".class") || name.startsWith(stem + "$")) {
                    put(out, root.relativize(sibling).toString(), Files.readAllBytes(sibling));
                }
            }
        }
    }

    private static byte[] jarOfClasses(Class<?> type) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes)) {
            putClasses(out, type);
        }
        return bytes.toByteArray();
    }

    /** A jar as it is, or one of a folder of classes. */
    private static byte[] jarOf(Path place) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes)) {
            if (Files.isDirectory(place)) {
                putAll(out, place);
            } else {
                copy(place, out);
            }
        }
        return bytes.toByteArray();
    }

    private static void putAll(JarOutputStream out, Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                put(out, folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private static void copy(Path jar, JarOutputStream out) throws Exception {
        try (var from = new JarFile(jar.toFile())) {
            for (var entry : from.stream().filter(each -> !each.isDirectory()).toList()) {
                try (var in = from.getInputStream(entry)) {
                    put(out, entry.getName(), in.readAllBytes());
                }
            }
        }
    }
}
