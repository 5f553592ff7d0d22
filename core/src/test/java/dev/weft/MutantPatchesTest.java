package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The patches of {@code build-support/Mutants.java} fit the code as it is: who changes the code finds it out here. */
class MutantPatchesTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Path FOLDER = Path.of("src/test/mutants");
    private static final Path TESTS = Path.of("src/test/java/dev/weft");

    @Test
    void everyPatch_appliesToTheCode_andNamesTestsThatExist() throws IOException {
        var faults = new ArrayList<String>();
        var patches = 0;
        try (var files = Files.newDirectoryStream(FOLDER, "*.patch")) {
            for (var file : files) {
                patches++;
                faultsOf(Files.readAllLines(file)).forEach(fault -> faults.add(file.getFileName() + ": " + fault));
            }
        }
        assertThat(patches).isGreaterThan(100);
        assertThat(faults).isEmpty();
    }

    private static List<String> faultsOf(List<String> patch) throws IOException {
        var faults = new ArrayList<String>();
        for (var test : patch.getFirst().split(":", 2)[1].strip().split(" ")) {
            if (!test.equals("*") && !Files.exists(TESTS.resolve(test.replace('.', '/') + ".java"))) {
                faults.add("there is no test " + test);
            }
        }
        var code = "";
        for (var i = 2; i < patch.size(); i++) {
            var line = patch.get(i);
            if (line.startsWith("--- a/")) {
                var file = REPOSITORY.resolve(line.substring("--- a/".length()).split("\t", 2)[0]);
                code = Files.exists(file) ? "\n" + Files.readString(file) : "";
            } else if (line.startsWith("@@") && !code.contains(before(patch, i + 1))) {
                faults.add("the code before the change is not there, at line " + (i + 1));
            }
        }
        return faults;
    }

    /** The text that a hunk changes, with the line break before it. */
    private static String before(List<String> patch, int start) {
        var text = new StringBuilder("\n");
        for (var line : patch.subList(start, patch.size())) {
            if (line.startsWith("@@") || line.startsWith("--- ")) {
                break;
            }
            if (!line.startsWith("+")) {
                text.append(line, Math.min(1, line.length()), line.length()).append('\n');
            }
        }
        return text.toString();
    }

    @Test
    void canary_patchOfCodeThatHasChanged_isFound() throws IOException {
        var patch = """
            house: HouseTest NoSuchTest
            a fault

            --- a/core/src/test/java/dev/weft/HouseTest.java
            +++ b/core/src/test/java/dev/weft/HouseTest.java
            @@ -13,2 +13,2 @@
             class HouseTest {
            -
            +    // changed
            @@ -14,1 +14,1 @@
            -class RoomTest {
            +class HouseTest {
            """;
        assertThat(faultsOf(patch.lines().toList()))
                .containsExactly("there is no test NoSuchTest", "the code before the change is not there, at line 10");
    }
}
