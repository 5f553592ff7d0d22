package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The comments of all modules: a sentence begins with a noun or a verb, so that it says what it is about. */
class CommentsTest {

    private static final Pattern BARE_PRONOUN =
            Pattern.compile("(?:/\\*\\*|^\\s*\\*|//)\\s+(?:Who|Whoever|What|Whose|Whom)\\s");

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().matches(".*\\bsrc.main\\b.*\\.(java|kt|scala)"))
                    .toList();
        }
    }

    @Test
    void comments_beginWithANoun() throws Exception {
        var found = new ArrayList<String>();
        for (var file : sources()) {
            for (var line : Files.readAllLines(file)) {
                if (BARE_PRONOUN.matcher(line).find()) {
                    found.add(file + ": " + line.strip());
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(sources()).hasSizeGreaterThan(500);
    }
}
