package dev.weft.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages of the program stand in layers, and each uses those below its own alone. */
class LayersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Program.class.getProtectionDomain().getCodeSource().getLocation());

    /** From the lowest; packages of one layer do not know each other. */
    static final List<List<String>> LAYERS = List.of(
            List.of("text"),
            List.of("files", "links", "demo", "manual", "inspect"),
            List.of("model", "timeline", "certificates"),
            List.of("console", "http"),
            List.of("report", "tasks", "input", "keep"),
            List.of("fetch"),
            List.of("check", "remote"),
            List.of("command"),
            List.of(""));

    private static String packageOf(String room) {
        return room.isEmpty() ? "dev.weft.cli" : "dev.weft.cli." + room;
    }

    private static ArchRule layers(List<List<String>> layers) {
        var architecture = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.weft.cli..")
                .ensureAllClassesAreContainedInArchitecture();
        for (var room : layers.stream().flatMap(List::stream).toList()) {
            architecture = architecture.layer("[" + room + "]").definedBy(packageOf(room));
        }
        for (var i = 0; i < layers.size(); i++) {
            var above = layers.subList(i + 1, layers.size()).stream()
                    .flatMap(List::stream)
                    .map(room -> "[" + room + "]")
                    .toArray(String[]::new);
            for (var room : layers.get(i)) {
                var rule = architecture.whereLayer("[" + room + "]");
                architecture =
                        above.length == 0 ? rule.mayNotBeAccessedByAnyLayer() : rule.mayOnlyBeAccessedByLayers(above);
            }
        }
        return architecture;
    }

    @Test
    void packages_useThoseBelowThemAlone() {
        layers(LAYERS).check(CLASSES);
    }

    @Test
    void layers_holdEachPackage() {
        var packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        var rooms =
                LAYERS.stream().flatMap(List::stream).map(LayersTest::packageOf).toList();
        assertThat(rooms).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void packages_haveNoCycle() {
        slices().matching("dev.weft.cli.(*)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void anArrowUp_isFound() {
        assertThatThrownBy(() -> layers(LAYERS.reversed()).check(CLASSES)).isInstanceOf(AssertionError.class);
    }
}
