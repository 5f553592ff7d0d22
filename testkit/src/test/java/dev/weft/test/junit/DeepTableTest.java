package dev.weft.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Writes the tables of the page, by {@code build-support/deep-table}. */
@EnabledIfSystemProperty(named = "weft.deep.table", matches = "\\d+")
@Timeout(value = 5, unit = TimeUnit.HOURS)
class DeepTableTest {

    private static final Path PAGE = Path.of("../docs/testing-deep.md");
    private static final String BEGIN = "<!-- measured by build-support/deep-table -->\n";
    private static final String END = "\n<!-- end of what is measured -->";

    private static final List<String> NAMES =
            List.of(System.getProperty("weft.deep.programs", "").split(","));

    @Test
    void page_hasWhatIsMeasured() throws Exception {
        var schedules = Integer.getInteger("weft.deep.table");
        var programs = BugPrograms.all().stream()
                .filter(program -> NAMES.equals(List.of("")) || NAMES.contains(program.getSimpleName()))
                .toList();
        var text = DeepTable.speed(schedules) + "\n\n" + new DeepTable(schedules).of(programs);
        System.out.println(text);
        if (NAMES.equals(List.of(""))) {
            write(text);
        }
    }

    private static void write(String text) throws Exception {
        var page = Files.readString(PAGE);
        var begin = page.indexOf(BEGIN);
        var end = page.indexOf(END);
        assertThat(begin).as("%s has the line %s", PAGE, BEGIN).isNotNegative();
        Files.writeString(PAGE, page.substring(0, begin + BEGIN.length()) + text + page.substring(end));
    }
}
