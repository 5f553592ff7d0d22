package dev.weft.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The program of docs/testing-deep.md, and what is said of it there. */
class DeepGuideTest {

    private static final Path GUIDE = Path.of("../docs/testing-deep.md");
    private static final Path PROGRAM = Path.of("src/test/java/bank/AccountsTest.java");

    /** The first block of the page in {@code language}; the output has none. */
    private static String block(String language) throws Exception {
        return Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$")
                .matcher(Files.readString(GUIDE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    @Test
    void program_isTheOneThatIsRun() throws Exception {
        var program = Files.readString(PROGRAM);
        assertThat(program.substring(program.indexOf("class AccountsTest"))).isEqualTo(block("java"));
    }

    @Test
    void message_isTheOneThatIsThrown() throws Exception {
        var thrown = Launched.run(Class.forName("bank.AccountsTest"))
                .thrown("transfersBothWays")
                .orElseThrow();
        var lines = Pattern.compile("AccountsTest.java:\\d+"); // the page leaves the head of the file out
        assertThat(lines.matcher(thrown.getMessage()).replaceAll("AccountsTest.java:…"))
                .contains(lines.matcher(block("")).replaceAll("AccountsTest.java:…"));
    }
}
