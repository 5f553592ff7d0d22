package dev.weft;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.weft");

    @Test
    void scan_seesTheLibrary() {
        assertThat(CLASSES.size()).isGreaterThan(100);
        assertThat(CLASSES.contain(TaskImpl.class)).isTrue();
    }

    @Test
    void core_hasNoRunTimeDependency() {
        classes()
                .that()
                .resideOutsideOfPackage("dev.weft.flight")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.weft..", "java..", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void onlyTheEvents_needTheFlightRecorder() {
        classes()
                .that()
                .resideInAPackage("dev.weft.flight")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.weft.flight", "java..", "jdk.jfr", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void seam_knowsNothingOfTasksAndCancellation() {
        noClasses()
                .that()
                .resideInAPackage("dev.weft.runtime")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.weft")
                .check(CLASSES);
    }

    @Test
    void constructs_doNotKnowWhichRuntimeTheyAreOn() {
        noClasses()
                .that(describe(
                        "are neither runtimes nor choose one",
                        c -> !c.getPackageName().endsWith("runtime")
                                && !c.isEquivalentTo(WeftRuntime.class)
                                && !c.isEquivalentTo(Debug.class)
                                && !c.isEquivalentTo(Activity.class)))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.weft\\.runtime\\.(Parallel|EventLoop)Scheduler.*")
                .check(CLASSES);
    }

    @Test
    void publicSignatures_nameNoHiddenType() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage("dev.weft", "dev.weft.sync")
                .should(nameOnlyVisibleTypes())
                .check(CLASSES);
    }

    @Test
    void rules_catchAViolation() {
        var canary = new ClassFileImporter().importClasses(Leaky.class, TaskImpl.class);
        var rule = methods().that().areDeclaredIn(Leaky.class).should(nameOnlyVisibleTypes());
        assertThatThrownBy(() -> rule.check(canary))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("TaskImpl");
    }

    /** What the rule for public signatures must refuse. */
    static final class Leaky {
        TaskImpl<?> leak() {
            throw new AssertionError("never called");
        }
    }

    private static ArchCondition<JavaMethod> nameOnlyVisibleTypes() {
        return new ArchCondition<>("name only visible types") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (var type : method.getAllInvolvedRawTypes()) {
                    if (isHidden(type) && !isTheSeam(method)) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " names " + type.getName()));
                    }
                }
            }
        };
    }

    private static boolean isHidden(JavaClass type) {
        return type.getPackageName().startsWith("dev.weft")
                && (type.getPackageName().endsWith("runtime")
                        || type.getPackageName().endsWith("flight")
                        || !type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC));
    }

    private static boolean isTheSeam(JavaMethod method) {
        return method.getOwner().isEquivalentTo(WeftRuntime.class)
                && method.getName().equals("of");
    }
}
