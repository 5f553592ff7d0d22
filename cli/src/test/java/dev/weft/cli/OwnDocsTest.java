package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The links of this repository's own pages lead somewhere, and so do the headings that they name. */
class OwnDocsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void linksBetweenOurPages_areOk() {
        var arguments = Stream.concat(
                Stream.of("check", "--no-config", "--offline", "--fragments", "local", "-q"),
                Stream.of("README.md", "SECURITY.md", "CHANGELOG.md", "docs", "benchmarks")
                        .map(name -> ROOT.resolve(name).toString()));
        var ran = weft(arguments.toArray(String[]::new));
        assertThat(ran.out()).isEmpty();
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).containsPattern("\\d{3} links in \\d\\d+ documents");
    }
}
