package dev.weft;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java statements, each as the body of a method, and what the compiler has to say of them. */
final class Snippets {

    private static final String FIXTURE = """
        import dev.weft.*;
        import java.io.*;
        import java.sql.SQLException;
        import java.util.*;
        import java.util.concurrent.*;
        class Fixture {
            static final java.time.Duration LIMIT = java.time.Duration.ofSeconds(1);
            static String read() throws IOException { return ""; }
            static String open() throws FileNotFoundException { return ""; }
            static String query() throws SQLException { return ""; }
            static String plain() { return ""; }
            static void write() throws IOException {}
            static void touch() {}
            static Reader reader() throws IOException { return new StringReader(""); }
            static void accept(Object argument) throws IOException {}
            Task<String> task;
            Run run;
            Runner runner;
            Body<String, IOException>[] readers;
            List<Body<String, IOException>> readerList;
            List<Body<String, RuntimeException>> plainList;
            List<Task<String>> taskList;
            boolean flag;
            Process process;
            Future<String> future;
            CountDownLatch latch;
            Callable<String> callable;
            List<Callable<String>> callables;
            Iterator<String> iterator;
            Runnable runnable;
            java.util.function.Supplier<String> supplier;
            java.util.function.Consumer<Object> consumer;
            Body<String, IOException> body;
            VoidBody<IOException> voidBody;
            TaskGroup group;
            ContextPropagator propagator;
            dev.weft.sync.RetryPolicy policy;
            dev.weft.sync.Lock lock;
            dev.weft.sync.Semaphore semaphore;
        }
        """;

    private static final String CLASS = """
        import static dev.weft.Weft.*;
        import static dev.weft.ReturnWhen.*;
        import static dev.weft.sync.Attempts.*;
        import static java.time.Duration.*;
        import dev.weft.*;
        import dev.weft.sync.*;
        import java.io.*;
        import java.sql.SQLException;
        import java.util.*;
        import java.util.concurrent.Callable;
        import java.util.concurrent.CancellationException;
        import java.util.concurrent.TimeoutException;
        class %s extends Fixture {
            void call() %s { %s }
        }
        """;

    private final Map<String, JavaFileObject> sources = new LinkedHashMap<>();

    /** Adds statements in a method that declares these exceptions; returns the name to find its errors by. */
    String add(List<String> exceptions, String statements) {
        var name = "Snippet" + sources.size();
        var declared = exceptions.isEmpty() ? "" : "throws " + String.join(", ", exceptions);
        sources.put(name, new Source(name, CLASS.formatted(name, declared, statements)));
        return name;
    }

    /** Compiles all; the errors of each snippet, by name. */
    Map<String, List<String>> errors() {
        var units = new ArrayList<>(sources.values());
        units.add(new Source("Fixture", FIXTURE));
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var options = List.of(
                "-proc:none",
                "-Xlint:none",
                "-Xmaxerrs",
                "100000",
                "--should-stop=ifError=FLOW",
                "-classpath",
                ChildJvm.classPath(Weft.class));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try {
            ((JavacTask) compiler.getTask(null, null, diagnostics, options, null, units)).analyze();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var errors = new LinkedHashMap<String, List<String>>();
        sources.keySet().forEach(name -> errors.put(name, new ArrayList<>()));
        for (var diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                var name = diagnostic.getSource() instanceof Source source ? source.name : "elsewhere";
                errors.computeIfAbsent(name, key -> new ArrayList<>()).add(diagnostic.getMessage(Locale.ROOT));
            }
        }
        return errors;
    }

    private static final class Source extends SimpleJavaFileObject {
        final String name;
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.name = name;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
