package dev.weft.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** The classes of this module as a later version would have them. */
final class OtherBuild {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** With another version of the protocol. */
    static final Map<String, String> NEXT_MAJOR = Map.of("MAJOR = 1;", "MAJOR = 2;");

    /** With more fields in frames, and before each frame one of a type that is not known today. */
    static final Map<String, String> NEXT_MINOR = Map.of(
            ".number(3, hello.draining() ? 1 : 0);",
            ".number(3, hello.draining() ? 1 : 0).text(30, \"later\").number(31, 7);",
            ".number(2, grant.share())",
            ".number(2, grant.share()).text(30, \"later\")",
            ".bytes(8, invoke.argument());",
            ".number(30, -1).bytes(8, invoke.argument()).text(31, \"later\");",
            ".number(2, end.how().code());",
            ".bytes(30, new byte[100]).number(2, end.how().code());",
            "var ticket = transport.send(session.peer, head, body, urgent);",
            "transport.send(session.peer, head(session, 99), new byte[] {2, 1}, urgent);"
                    + " var ticket = transport.send(session.peer, head, body, urgent);");

    private OtherBuild() {}

    /** @return the folder of the classes */
    static Path compile(Path folder, Map<String, String> changes) throws IOException {
        var changed = Files.createDirectories(folder.resolve("sources"));
        var left = new HashSet<>(changes.keySet());
        var arguments = new ArrayList<>(
                List.of("-nowarn", "-proc:none", "-d", folder.resolve("classes").toString(), "-cp", classPath()));
        try (var sources = Files.walk(SOURCES)) {
            for (var source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (source.endsWith("module-info.java")) {
                    continue;
                }
                var text = Files.readString(source);
                for (var change : changes.entrySet()) {
                    if (text.contains(change.getKey())) {
                        left.remove(change.getKey());
                        text = text.replace(change.getKey(), change.getValue());
                    }
                }
                var copy = changed.resolve(SOURCES.relativize(source));
                Files.createDirectories(copy.getParent());
                arguments.add(Files.writeString(copy, text).toString());
            }
        }
        if (!left.isEmpty()) {
            throw new IOException("the sources are others now: " + left);
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
