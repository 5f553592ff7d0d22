package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/contract.md} has a sentence for each ID by which a test is named. */
class ContractPageTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LINE = Pattern.compile("- \\*\\*([A-Z]+\\d+)\\*\\* \\S.*");
    private static final Pattern TEST = Pattern.compile("\\bvoid ([a-z]{1,2}\\d{1,2})_\\w+\\(");
    private static final Pattern MENTION = Pattern.compile("\\b(?:J|H|V|TG|TO|WF|AC|CO|SE|BA|LR|CL)\\d{1,2}\\b");

    private static Set<String> promised() throws IOException {
        var ids = new TreeSet<String>();
        for (var line : Files.readAllLines(ROOT.resolve("docs/contract.md"))) {
            var matcher = LINE.matcher(line);
            if (matcher.matches()) {
                assertThat(ids.add(matcher.group(1)))
                        .as("first line of " + matcher.group(1))
                        .isTrue();
            }
        }
        return ids;
    }

    private static Set<String> usedByTests() throws IOException {
        var ids = new HashSet<String>();
        try (var files = Files.walk(ROOT)) {
            for (var file : files.filter(ContractPageTest::isTest).toList()) {
                TEST.matcher(Files.readString(file))
                        .results()
                        .forEach(test -> ids.add(test.group(1).toUpperCase(Locale.ROOT)));
            }
        }
        return ids;
    }

    private static boolean isTest(Path file) {
        var path = file.toString();
        return path.contains("/src/test/java/") && path.endsWith(".java") && !path.contains("/target/");
    }

    @Test
    void testsAreNamedAfterPromises() throws IOException {
        var used = usedByTests();
        assertThat(used).hasSizeGreaterThan(200);
        assertThat(new TreeSet<>(used)).isSubsetOf(promised());
    }

    @Test
    void promisesHaveTests() throws IOException {
        var untested = promised();
        untested.removeAll(usedByTests());
        untested.removeIf(id -> id.startsWith("D") || id.startsWith("P"));
        assertThat(untested).isEmpty();
    }

    @Test
    void pages_mentionPromisesThatAreThere() throws IOException {
        var promised = promised();
        try (var pages = Stream.of("docs/internals.md", "CONTRIBUTING.md", "docs/testing-core.md")
                .map(ROOT::resolve)) {
            for (var page : pages.toList()) {
                assertThat(MENTION.matcher(Files.readString(page))
                                .results()
                                .map(found -> found.group())
                                .collect(Collectors.toSet()))
                        .as(page.toString())
                        .isSubsetOf(promised);
            }
        }
    }
}
