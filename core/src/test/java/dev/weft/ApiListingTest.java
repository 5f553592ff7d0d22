package dev.weft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listing of the public API, docs/api/core.txt, and what the build says when it is out of date. */
class ApiListingTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path listing;

    @BeforeEach
    void copy() throws Exception {
        listing = Files.copy(ROOT.resolve("docs/api/core.txt"), folder.resolve("core.txt"));
    }

    @Test
    void listing_isWhatTheClassesSay() throws Exception {
        assertThat(check()).isEqualTo(new ChildJvm.Result(0, ""));
    }

    @Test
    void listingOfAnotherApi_failsWithTheDifferenceAndTheRemedy() throws Exception {
        Files.writeString(
                listing,
                Files.readString(listing).replace("exports dev.weft.sync\n", "").replace("Task<T> ", "Task<T, R> "));
        var result = check();
        assertThat(result.exitCode()).isOne();
        assertThat(result.output())
                .contains(
                        listing.toString(),
                        "+ exports dev.weft.sync",
                        "- public abstract dev.weft.Task<T, R> task()",
                        "+ public abstract dev.weft.Task<T> task()",
                        "mvn -q process-classes -Dapi=write");
    }

    private ChildJvm.Result check() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        ROOT.resolve("build-support/Api.java").toString(),
                        "check",
                        ChildJvm.classPath(Weft.class),
                        listing.toString())
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new ChildJvm.Result(process.waitFor(), text.strip());
    }
}
