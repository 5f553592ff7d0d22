package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The comments of all modules: each sentence begins with a noun or a verb, so that it says what it is about. */
class CommentsTest {

    private static final Pattern BARE_PRONOUN =
            Pattern.compile("(?:^|[.;:!?][)\"”]*\\s|</?(?:p|li|ul|ol|h\\d)>\\s*)(?:Who|Whoever|What|Whose|Whom)\\s");
    private static final Pattern LINE_COMMENT = Pattern.compile("(?:^|\\s)//\\s?(.*)$");
    private static final Pattern STARS = Pattern.compile("^(?:/\\*\\*?|\\*(?!/))|\\*/.*$");

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().matches(".*\\bsrc.main\\b.*\\.(java|kt|scala)"))
                    .toList();
        }
    }

    /** Each comment as one line: a block, or lines that follow each other and are nothing but comment. */
    private static List<String> comments(List<String> lines) {
        var comments = new ArrayList<String>();
        var current = new StringBuilder();
        var isInBlock = false;
        for (var line : lines) {
            var text = line.strip();
            isInBlock |= text.startsWith("/*");
            var match = LINE_COMMENT.matcher(line);
            if (isInBlock) {
                current.append(STARS.matcher(text).replaceAll("").strip()).append(' ');
                isInBlock = !text.contains("*/");
            } else if (match.find()) {
                current.append(match.group(1)).append(' ');
            }
            if (!isInBlock && !text.startsWith("//")) {
                comments.add(current.toString());
                current.setLength(0);
            }
        }
        comments.add(current.toString());
        return comments;
    }

    private static List<String> beginnings(List<String> lines) {
        var found = new ArrayList<String>();
        for (var comment : comments(lines)) {
            var match = BARE_PRONOUN.matcher(comment);
            while (match.find()) {
                found.add(comment.substring(match.start()).strip());
            }
        }
        return found;
    }

    @Test
    void sentences_beginWithANoun() throws Exception {
        var found = new ArrayList<String>();
        for (var file : sources()) {
            for (var sentence : beginnings(Files.readAllLines(file))) {
                found.add(file + ": " + sentence);
            }
        }
        assertThat(found).isEmpty();
        assertThat(sources()).hasSizeGreaterThan(500);
    }

    @Test
    void eachSentence_isLookedAt() {
        assertThat(beginnings(List.of(
                        "/** Who is first. */",
                        "/**",
                        " * A noun. What is second,",
                        " * and ends here.",
                        " * What is third; Who",
                        " * <p>What is a paragraph.",
                        " */",
                        "// A noun.",
                        "// What follows a line.",
                        "call(); // What stands behind code",
                        "var text = \"Who is no comment\";")))
                .hasSize(7);
    }
}
