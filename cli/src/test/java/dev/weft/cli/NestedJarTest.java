package dev.weft.cli;

import static dev.weft.cli.Ran.look;
import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.TinyJson;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that is one jar of jars, with Weft in a class loader of its own. */
@Timeout(120)
class NestedJarTest {

    @TempDir
    private Path folder;

    @Test
    void jarOfJars_isSeenAfterTheOneCallThatTheMessageNames() throws Exception {
        try (var program = InspectedJvm.jar(NestedJar.make(folder), "hidden")) {
            program.ready();
            var refused = look("ps", program.pid());
            assertThat(refused.exitCode()).isEqualTo(69);
            assertThat(refused.err())
                    .startsWith("weft ")
                    .contains("class loader of its own", "dev.weft.diagnostics.Tasks.register()");

            assertThat(program.ask("register")).isEqualTo("registered");
            var ran = look("ps", program.pid(), "--name", "hidden", "--format", "ndjson");
            assertThat(TinyJson.object(ran.out().strip())).containsEntry("name", "hidden");
            assertThat(look("pstree", program.pid()).out()).contains("task 'hidden'");
            assertThat(program.ask("mbeans")).as("it is the program's own").isEqualTo("1");

            assertThat(program.ask("remove")).isEqualTo("removed");
            assertThat(program.ask("mbeans")).isEqualTo("0");
            assertThat(look("ps", program.pid()).exitCode()).isEqualTo(69);
        }
    }

    @Test
    void jarOfJars_isAmongTheProcessesThatUseWeft() throws Exception {
        try (var program = InspectedJvm.jar(NestedJar.make(folder), "hidden")) {
            program.ready();
            assertThat(program.ask("register")).isEqualTo("registered");
            assertThat(weft("ps").out().lines())
                    .anySatisfy(line -> assertThat(line).contains(program.pid()).contains("program.jar"));
        }
    }
}
