package dev.weft.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.weft.cli.console.StandardIo;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No output passes by {@link dev.weft.cli.text.Shown}. */
class OutputRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Program.class.getProtectionDomain().getCodeSource().getLocation());

    /** Classes that write to the two streams: the first two clean each line, the others write what they made alone. */
    private static final Set<String> WRITERS = Set.of(
            "Output",
            "Diagnostics",
            // picocli's help
            "Program",
            // scripts, URLs of this process, pictures whose texts JsonWriter has cleaned
            "CompletionCommand",
            "DemoServerCommand",
            "TimelineCommand");

    private static ArchRule streams(Set<String> writers) {
        return noClasses()
                .that(DescribedPredicate.describe(
                        "do not write",
                        (JavaClass type) -> !writers.contains(type.getSimpleName())
                                && !type.getSimpleName().equals("StandardIo")))
                .should()
                .callMethodWhere(target(owner(assignableTo(StandardIo.class)))
                        .and(target(name("out").or(name("err")))));
    }

    @Test
    void scan_seesTheProgram() {
        assertThat(CLASSES.size()).isGreaterThan(100);
    }

    @Test
    void streams_areWrittenByThoseAloneThatCleanTheirText() {
        streams(WRITERS).check(CLASSES);
        // the rule sees something
        assertThatThrownBy(() -> streams(Set.of("Output")).check(CLASSES)).isInstanceOf(AssertionError.class);
    }

    @Test
    void nothing_isPrintedOtherwise() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Launcher")
                .and()
                .doNotHaveSimpleName("StandardIo")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(CLASSES);
    }
}
