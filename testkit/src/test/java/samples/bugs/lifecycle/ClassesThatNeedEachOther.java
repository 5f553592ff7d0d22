package samples.bugs.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import samples.bugs.Bug;

/** The constants of each of two classes are made of the other's. */
@Bug(report = "square/javapoet#799", needs = Bug.Needs.CLASSES, finding = "deadlock")
class ClassesThatNeedEachOther {

    static final class TypeName {
        static final Map<String, TypeName> KNOWN = new HashMap<>();
        static final TypeName OBJECT = new TypeName(ClassName.OBJECT.text);

        final String text;

        TypeName(String text) {
            this.text = text;
            KNOWN.put(text, this);
        }

        static String of(String text) {
            return KNOWN.containsKey(text) ? text : new TypeName(text).text;
        }
    }

    static final class ClassName {
        static final ClassName OBJECT = new ClassName("Object");
        static final String VOID = TypeName.of("void");

        final String text;

        ClassName(String text) {
            this.text = text;
        }
    }

    static final class MendedTypeName {
        final String text;

        MendedTypeName(String text) {
            this.text = text;
        }

        static String object() {
            return new MendedTypeName(MendedClassName.OBJECT.text).text;
        }
    }

    static final class MendedClassName {
        static final MendedClassName OBJECT = new MendedClassName("Object");
        static final String VOID = new MendedTypeName("void").text;

        final String text;

        MendedClassName(String text) {
            this.text = text;
        }
    }

    private static void both(Callable<String> one, Callable<String> other) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(one);
            var second = threads.submit(other);
            assertEquals("Object", first.get());
            assertEquals("void", second.get());
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        both(() -> TypeName.OBJECT.text, () -> ClassName.VOID);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        both(MendedTypeName::object, () -> MendedClassName.VOID);
    }
}
