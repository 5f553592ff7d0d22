package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's first program compiles, and prints what its comments say. The code in the tables for asyncio's users
 * compiles.
 */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

    /** Tables of names, for readers who know another library. */
    private static final List<Path> TABLES = Stream.of("asyncio", "completablefuture", "structuredtaskscope")
            .map(name -> Path.of("..", "docs", "guide", "from-" + name + ".md"))
            .toList();

    private static final List<Path> PAGES =
            Stream.concat(Stream.of(README), TABLES.stream()).toList();

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Names of methods that are told of, not code. */
    private static final Set<String> NAMES_ONLY = Set.of("await()", "signal()");

    /** What the code in the tables is about. */
    private static final String SURROUNDINGS = """
            class Connection { void close() {} }
            class Button { void onClick(Runnable action) {} }
            class Statement { void cancel() {} }
            Connection open(String address) { return new Connection(); }
            Button button;
            Statement statement;
            StartedRun started;
            String a, b;
            List<Body<String, IOException>> bodies;
            List<Task<String>> tasks;
            List<String> items;
            Task<String> task;
            TaskGroup g, group;
            Deadline deadline;
            Waited<String> waited;
            Run here;
            dev.weft.sync.Lock lock;
            ScopedValue.Carrier bindings;
            String f() { return ""; }
            String f(Object of) { return ""; }
            String f(Object of, Object and) { return ""; }
            String a() { return ""; }
            String b() { return ""; }
            int listen() { return 80; }
            void serve() {}
            void use(String result) {}
        """;

    @Test
    void firstProgram_printsWhatItSays(@TempDir Path folder) throws Exception {
        var program = firstProgram();
        var source =
                Files.writeString(folder.resolve("First.java"), program.replace("class First", "public class First"));
        var messages = new StringWriter();
        var compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        ToolProvider.getSystemJavaCompiler()
                                .getStandardFileManager(null, null, null)
                                .getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();

        assertThat(output(folder))
                .containsExactly(
                        "[hello a, hello b]",
                        "hello fast",
                        "hello slow",
                        "timeout of 50ms has expired",
                        "hello from the background");
        assertThat(program)
                .contains("// [hello a, hello b]", "// hello fast, hello slow", "// timeout of 50ms has expired");
    }

    @Test
    void tables_haveCodeThatCompiles() throws Exception {
        var snippets = new Snippets();
        var code = new LinkedHashMap<String, String>();
        for (var line : linesOf(TABLES)) {
            if (line.startsWith("| ")) {
                CODE.matcher(line.substring(line.indexOf(" | ")))
                        .results()
                        .map(span -> span.group(1))
                        .filter(span -> span.contains("(") && !NAMES_ONLY.contains(span))
                        .forEach(call -> code.put(snippets.add(List.of("Exception"), statements(call)), call));
            }
        }
        var errors = snippets.errors();
        assertThat(code.values()).hasSizeGreaterThan(50);
        code.forEach((name, call) -> assertThat(errors.get(name)).as(call).isEmpty());
    }

    @Test
    void tables_areInOnePiece() throws Exception {
        for (var page : PAGES) {
            var lines = Files.readAllLines(page);
            for (var i = 1; i < lines.size() - 1; i++) {
                if (lines.get(i).startsWith("| ") && lines.get(i - 1).isEmpty()) {
                    assertThat(lines.get(i + 1)).as("below " + lines.get(i)).startsWith("|---|");
                }
            }
        }
    }

    @Test
    void rows_haveAsManyCellsAsTheirHeading() throws Exception {
        for (var page : PAGES) {
            var cells = 0L;
            for (var line : Files.readAllLines(page)) {
                if (line.startsWith("|---")) {
                    cells = cells(line);
                } else if (line.startsWith("| ") && cells > 0) {
                    assertThat(cells(line)).as("cells of " + line).isEqualTo(cells);
                } else {
                    cells = 0;
                }
            }
        }
    }

    /** Code of a table's cell as it would stand in a program. */
    private static String statements(String code) {
        var complete = code.replace("{ … ", "{ ")
                .replace("-> …", "-> f()")
                .replace("gather(…)", "gather(bodies)")
                .replace("reschedule(…)", "reschedule(ofSeconds(2))")
                .replace("bindings, …", "bindings, () -> f()");
        if (code.startsWith("catch ")) {
            complete =
                    "try { taskGroup(g -> { sleep(ofMillis(1)); }); } " + complete + (code.endsWith("}") ? "" : " {}");
        } else if (code.startsWith("switch ")) {
            complete += " { default -> {} }";
        }
        return "new Object() {" + SURROUNDINGS + "void call() throws Exception { " + complete + "; } };";
    }

    private static List<String> linesOf(List<Path> pages) throws IOException {
        var lines = new ArrayList<String>();
        for (var page : pages) {
            lines.addAll(Files.readAllLines(page));
        }
        return lines;
    }

    /** Renderers split a row at each bar that is not escaped, also in code. */
    private static long cells(String row) {
        return Pattern.compile("(?<!\\\\)\\|").matcher(row).results().count();
    }

    private static String firstProgram() throws Exception {
        var block = Pattern.compile(
                        "```java\n(import static dev\\.weft\\.Weft\\.\\*;.*?class First .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README)
                        .substring(Files.readString(README).indexOf("## A first program")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static List<String> output(Path folder) throws Exception {
        var out = System.out;
        var captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try (var loader = new URLClassLoader(new java.net.URL[] {folder.toUri().toURL()})) {
            loader.loadClass("First").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        return captured.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
