package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first program compiles, and prints what its comments say. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

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
