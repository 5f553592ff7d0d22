package dev.weft.cli.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** A JVM that pretends to use Weft, and lies to whoever looks into it. */
public final class Liar implements AutoCloseable {

    private static final String MAIN = """
        import java.net.ServerSocket;
        public class Lie {
            public static void main(String[] lie) throws Exception {
                var server = new ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress());
                var address = System.getProperty("agent.address");
                if (address != null) {
                    jdk.internal.vm.VMSupport.getAgentProperties().put(
                            "com.sun.management.jmxremote.localConnectorAddress",
                            address.replace("PORT", "" + server.getLocalPort()));
                    Thread.ofPlatform().daemon().start(() -> {
                        try (var visitor = server.accept()) {
                            System.out.println("visited");
                            Thread.sleep(100_000);
                        } catch (Exception e) {
                            System.out.println(e);
                        }
                    });
                }
                if (System.getProperty("lie.version") != null) {
                    System.setProperty("java.specification.version", System.getProperty("lie.version"));
                }
                System.out.println("ready");
                Thread.sleep(1_000_000);
            }
        }
        """;

    private static final String BEAN = """
        package dev.weft.diagnostics;
        public interface TasksMBean {
            Object dump(int frames) throws Exception;
        }
        """;

    private static final String TASKS = """
        package dev.weft.diagnostics;
        import java.nio.file.*;
        public class Tasks implements TasksMBean {
            public static class Own extends Exception {}
            public Object dump(int frames) throws Exception {
                return switch (System.getProperty("lie")) {
                    case "throws" -> throw new IllegalStateException("no \\u001b[2J");
                    case "throws-its-own" -> throw new Own();
                    case "error" -> throw new StackOverflowError();
                    case "never" -> { Thread.sleep(1_000_000); yield ""; }
                    case "huge" -> "x".repeat(100_000_000);
                    case "array" -> new byte[100_000_000];
                    case "deep" -> "[".repeat(1_000_000);
                    case "object" -> new java.util.PriorityQueue<>(java.util.List.of("a", "b"));
                    case "nested" -> {
                        var lists = new java.util.ArrayList<Object>();
                        for (var i = 0; i < 1000; i++) {
                            var outer = new java.util.ArrayList<Object>();
                            outer.add(lists);
                            lists = outer;
                        }
                        yield lists;
                    }
                    case "null" -> null;
                    default -> Files.readString(Path.of(System.getProperty("lie")));
                };
            }
        }
        """;

    private final Process process;
    private final BufferedReader out;

    private Liar(Process process) {
        this.process = process;
        this.out = process.inputReader(UTF_8);
    }

    /**
     * Starts one.
     *
     * @param folder for its classes
     * @param options for its JVM, as in {@code -Dlie=throws}
     */
    public static Liar start(Path folder, String... options) throws IOException {
        if (!Files.exists(folder.resolve("Lie.class"))) {
            compile(folder);
        }
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-exports",
                "java.base/jdk.internal.vm=ALL-UNNAMED",
                "-cp",
                folder.toString()));
        command.addAll(List.of(options));
        command.add("Lie");
        var liar = new Liar(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        assertThat(liar.out.readLine()).isEqualTo("ready");
        return liar;
    }

    private static void compile(Path folder) throws IOException {
        var weft = write(folder, "dev/weft/Weft.java", "package dev.weft; public class Weft {}");
        var bean = write(folder, "dev/weft/diagnostics/TasksMBean.java", BEAN);
        var tasks = write(folder, "dev/weft/diagnostics/Tasks.java", TASKS);
        var main = write(folder, "Lie.java", MAIN);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-nowarn",
                                "--add-exports",
                                "java.base/jdk.internal.vm=ALL-UNNAMED",
                                "-cp",
                                folder.toString(),
                                "-d",
                                folder.toString(),
                                weft,
                                bean,
                                tasks,
                                main))
                .isZero();
    }

    private static String write(Path folder, String name, String source) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source).toString();
    }

    public long pid() {
        return process.pid();
    }

    /** Whether somebody has connected to where its agent is said to be. */
    public boolean wasVisited() throws IOException {
        return out.ready();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
