package dev.weft;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.weft.internal.run.LongTurnWatch;
import dev.weft.internal.runtime.ArrowUp;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
                .resideOutsideOfPackages("dev.weft.internal.flight", "dev.weft.diagnostics")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.weft..", "java..", "org.jspecify.annotations")
                .check(CLASSES);
    }

    /** The JDK's module java.management, which the module descriptor requires statically. */
    @Test
    void onlyTheRegistration_needsManagement() {
        classes()
                .that()
                .resideInAPackage("dev.weft.diagnostics")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.weft..", "java..", "javax.management", "org.jspecify.annotations")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveSimpleName("RegisteredTasks")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.management")
                .check(CLASSES);
    }

    @Test
    void onlyTheEvents_needTheFlightRecorder() {
        classes()
                .that()
                .resideInAPackage("dev.weft.internal.flight")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.weft.internal.flight", "java..", "jdk.jfr", "org.jspecify.annotations")
                .check(CLASSES);
    }

    /** What is in no room all may use: the types of the API, and the records of a dump. */
    @ParameterizedTest
    @MethodSource("rooms")
    void room_usesThoseBelowItOnly(Room room) {
        usesNoRoomAbove(room).check(CLASSES);
    }

    @Test
    void roomRule_catchesAnArrowUp() {
        var rule = usesNoRoomAbove(rooms().getLast());
        var canary = new ClassFileImporter().importClasses(ArrowUp.class, TaskImpl.class);
        assertThatThrownBy(() -> rule.check(canary))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("TaskImpl");
    }

    @Test
    void everyHiddenPackage_isARoom() {
        var packages = new TreeSet<String>();
        for (var type : CLASSES) {
            if (type.getPackageName().startsWith("dev.weft.internal.")) {
                packages.add(type.getPackageName());
            }
        }
        assertThat(rooms()).flatExtracting(Room::names).containsAll(packages);
    }

    /** Nothing hidden is exported but to the test kit, and to that the seam only. */
    @Test
    void module_exportsTheApiOnly() throws Exception {
        ModuleDescriptor module;
        try (var descriptor =
                Files.newInputStream(Path.of(ChildJvm.classPath(Weft.class)).resolve("module-info.class"))) {
            module = ModuleDescriptor.read(descriptor);
        }
        assertThat(module.exports())
                .extracting(exports -> exports.source() + " " + exports.targets())
                .containsExactlyInAnyOrder(
                        "dev.weft []",
                        "dev.weft.sync []",
                        "dev.weft.diagnostics []",
                        "dev.weft.internal.runtime [dev.weft.test]");
        assertThat(module.opens()).isEmpty();
    }

    /**
     * @param names packages, and single classes that are not in their package's room
     * @param above the names of all rooms above it
     */
    private record Room(String name, List<String> names, List<String> above) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Room> rooms() {
        try {
            var rooms = new ArrayList<Room>();
            var above = new ArrayList<String>();
            for (var line : Files.readAllLines(Path.of("../build-support/rooms-core.txt"))) {
                if (!line.startsWith("#")) {
                    var words = List.of(line.split(" +"));
                    var names = words.subList(1, words.size());
                    rooms.add(new Room(words.getFirst(), names, List.copyOf(above)));
                    above.addAll(names);
                }
            }
            return rooms;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArchRule usesNoRoomAbove(Room room) {
        return noClasses().that(areIn(room.names)).should().dependOnClassesThat(areIn(room.above));
    }

    private static DescribedPredicate<JavaClass> areIn(List<String> names) {
        return describe("are in one of " + names, type -> {
            var outermost = type;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            return names.contains(outermost.getName()) || names.contains(outermost.getPackageName());
        });
    }

    @Test
    void constructs_doNotKnowWhichRuntimeTheyAreOn() {
        noClasses()
                .that(describe(
                        "are neither runtimes nor choose one",
                        c -> !c.getPackageName().endsWith(".runtime")
                                && !c.isEquivalentTo(WeftRuntime.class)
                                && !c.isEquivalentTo(LongTurnWatch.class)
                                && !c.isEquivalentTo(StructuredStrand.class)
                                && !c.getName().equals("dev.weft.internal.task.ForeignStrand")))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.weft\\.internal\\.runtime\\.(Parallel|EventLoop)Scheduler.*")
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
        return type.getPackageName().startsWith("dev.weft.internal.")
                || (type.getPackageName().startsWith("dev.weft")
                        && !type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC));
    }

    private static boolean isTheSeam(JavaMethod method) {
        return method.getOwner().isEquivalentTo(WeftRuntime.class)
                && method.getName().equals("of");
    }
}
