package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The maintainers' page {@code docs/internals-cli.md} agrees with the code. */
class InternalsPageTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern CLASS = Pattern.compile("`(?:[a-z]+/)?([A-Z]\\w+)(?:\\.\\w+)?`");
    private static final Pattern ROW = Pattern.compile("\\| (\\d) \\| `([\\w.]+)` \\|.*");

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/internals-cli.md"));
    }

    private static Set<String> classes() throws IOException {
        try (var files =
                Stream.concat(Files.walk(ROOT.resolve("cli/src")), Files.walk(ROOT.resolve("core/src/main")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void page_namesClassesThatExist() throws IOException {
        var named = CLASS.matcher(page()).results().map(match -> match.group(1)).collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(80);
        var gone = new TreeSet<>(named);
        gone.removeAll(classes());
        assertThat(gone).isEmpty();
    }

    @Test
    void page_hasTheLayers() throws IOException {
        var layers = new ArrayList<List<String>>();
        page().lines().map(ROW::matcher).filter(row -> row.matches()).forEach(row -> {
            var layer = Integer.parseInt(row.group(1));
            while (layers.size() < layer) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer - 1).add(row.group(2).equals("dev.weft.cli") ? "" : row.group(2));
        });
        layers.forEach(Collections::sort);
        assertThat(layers)
                .isEqualTo(LayersTest.LAYERS.stream()
                        .map(layer -> layer.stream().sorted().toList())
                        .toList());
    }
}
