package dev.weft.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** The classes of this module as a later version would have them, with another version of the protocol. */
final class OtherMajor {

    private static final Path SOURCES = Path.of("src", "main", "java");

    private OtherMajor() {}

    /** @return the folder of the classes */
    static Path compile(Path folder) throws IOException {
        var changed = Files.createDirectories(folder.resolve("sources"));
        var arguments = new ArrayList<>(
                List.of("-nowarn", "-proc:none", "-d", folder.resolve("classes").toString(), "-cp", classPath()));
        try (var sources = Files.walk(SOURCES)) {
            for (var source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (source.endsWith("module-info.java")) {
                    continue;
                }
                var text = Files.readString(source).replace("MAJOR = 1;", "MAJOR = 2;");
                var copy = changed.resolve(SOURCES.relativize(source));
                Files.createDirectories(copy.getParent());
                arguments.add(Files.writeString(copy, text).toString());
            }
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])) != 0) {
            throw new IOException("the changed sources do not compile");
        }
        return folder.resolve("classes");
    }

    private static String classPath() {
        return System.getProperty("java.class.path", "").replace("::", File.pathSeparator);
    }
}
