package dev.weft.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.timeline.TimelineSvg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of docs/guide show the source of this package, which the other tests run. With
 * {@code -Dweft.guide.write=true} this test writes the regions into the pages, and draws their pictures.
 */
class GuideTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path PICTURES = DOCS.resolve("images").resolve("guide");
    private static final Path SOURCES = Path.of("src", "test", "java", "dev", "weft", "examples", "guide");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");
    private static final Pattern PRINTED = Pattern.compile("println\\(.*\\); +// (.+)");

    private static final Path KOTLIN = Path.of("..", "kotlin", "src", "test", "kotlin", "dev", "weft", "kotlin");

    private static final Path JDBC =
            Path.of("..", "integrations", "jdbc", "src", "test", "java", "dev", "weft", "jdbc");

    private final Guide guide = new Guide(DOCS.resolve("guide"), SOURCES, KOTLIN, JDBC);

    @Test
    void blocks_areRegionsOfTestedSource() throws IOException {
        for (var page : guide.pages()) {
            var text = Guide.read(page);
            assertThat(Guide.snippets(text))
                    .as(page + ": each block of Java needs <!-- snippet: Class#name --> above it")
                    .doesNotContain("");
            var rendered = guide.render(text);
            if (Boolean.getBoolean("weft.guide.write")) {
                Files.writeString(page, rendered);
            } else {
                assertThat(text)
                        .as(page + ": run this test with -Dweft.guide.write=true to bring the page up to date")
                        .isEqualTo(rendered);
            }
        }
    }

    @Test
    void pictures_areOfTheSameProgramsAsTheSnippets() throws Exception {
        var drawn = new TreeMap<String, String>();
        for (var page : guide.pages()) {
            var text = Guide.read(page);
            for (var picture : Pictures.of(text)) {
                assertThat(drawn.put(picture.file(), picture.svg()))
                        .as("two pictures named " + picture.file())
                        .isNull();
            }
            assertThat(Pictures.of(text))
                    .as(page + ": each picture needs <!-- picture: Class#method --> above it")
                    .hasSize(text.split("images/guide/", -1).length - 1);
        }
        assertThat(drawn).isNotEmpty();
        for (var picture : drawn.entrySet()) {
            var file = PICTURES.resolve(picture.getKey());
            if (Boolean.getBoolean("weft.guide.write")) {
                Files.writeString(file, picture.getValue());
            } else {
                assertThat(Files.exists(file) ? Guide.read(file) : "")
                        .as(file + ": run this test with -Dweft.guide.write=true to draw it")
                        .isEqualTo(picture.getValue());
            }
        }
        try (var files = Files.list(PICTURES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("pictures that a page shows")
                    .containsExactlyInAnyOrderElementsOf(drawn.keySet());
        }
    }

    @Test
    void picture_changesWithItsProgram() throws Exception {
        var before = Recording.of("A", world -> Page.fetch("a", 100));
        var after = Recording.of("A", world -> Page.fetch("a", 200));
        assertThat(before.endMicros()).isEqualTo(100_000);
        assertThat(TimelineSvg.of(after)).isNotEqualTo(TimelineSvg.of(before));
        assertThat(TimelineSvg.of(before)).isEqualTo(TimelineSvg.of(Recording.of("A", world -> Page.fetch("a", 100))));
    }

    @Test
    void regions_areAllShown() {
        var shown = new ArrayList<String>();
        guide.pages().forEach(page -> shown.addAll(Guide.snippets(Guide.read(page))));
        assertThat(guide.regions())
                .isNotEmpty()
                .allSatisfy(region ->
                        assertThat(shown).as("pages that show " + region).contains(region));
    }

    @Test
    void outputs_areAssertedInTheSameSource() {
        for (var name : guide.regions()) {
            var file = SOURCES.resolve(name.substring(0, name.indexOf('#')) + ".java");
            var source = Files.exists(file) ? Guide.read(file) : "";
            PRINTED.matcher(guide.region(name))
                    .results()
                    .map(line -> '"' + line.group(1) + '"')
                    .forEach(output ->
                            assertThat(source).as(name).containsAnyOf(output, output.replace(", ", "\", \"")));
        }
    }

    @Test
    void links_leadToFiles() throws IOException {
        var pages = new ArrayList<>(guide.pages());
        pages.add(DOCS.resolve("README.md"));
        for (var page : pages) {
            var folder = page.toAbsolutePath().getParent();
            for (var link : LINK.matcher(Guide.read(page)).results().toList()) {
                var target = link.group(1);
                if (!target.isEmpty() && !target.contains("://")) {
                    assertThat(folder.resolve(target))
                            .as(page + " links to " + target)
                            .exists();
                }
            }
        }
    }

    @Test
    void contents_nameEveryPage() throws IOException {
        var contents = Guide.read(DOCS.resolve("README.md"));
        for (var page : guide.pages()) {
            assertThat(contents).contains("](guide/" + page.getFileName() + ")");
        }
        try (var files = Files.list(DOCS)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .forEach(name -> assertThat(contents).contains("](" + name + ")"));
        }
    }

    @Test
    void staleBlock_isFound(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("A.java"),
                "class A {\n    // snippet one\n    int x = 1;\n    int y = x;\n    // end\n}\n");
        var made = new Guide(folder, folder);
        var stale = "<!-- snippet: A#one -->\n```java\nint x = 2;\n```\n";

        assertThat(made.render(stale)).isEqualTo("<!-- snippet: A#one -->\n```java\nint x = 1;\nint y = x;\n```\n");
        assertThat(Guide.snippets("```java\nint x;\n```\n")).containsExactly("");
        assertThatThrownBy(() -> made.render(stale.replace("#one", "#two")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A#two");
    }
}
