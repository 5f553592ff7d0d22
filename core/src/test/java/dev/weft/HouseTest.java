package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HouseTest {

    /** {@code build-support/House.java} draws it: {@code docs/internals.md} says how. */
    @Test
    void pictureOfTheRooms_isDrawnFromTheClassesAsTheyAre(@TempDir Path folder) throws Exception {
        var drawn = folder.resolve("rooms.svg");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "../build-support/House.java",
                        ChildJvm.classPath(Weft.class),
                        "src/main/java",
                        "../build-support/rooms-core.txt",
                        "picture",
                        drawn.toString()))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Path.of("../docs/images/rooms-core.svg")).hasSameTextualContentAs(drawn);
        assertThat(Files.readString(drawn)).doesNotContain("#c00"); // an arrow that runs up
    }
}
