package dev.weft.cli.inspect;

import dev.weft.cli.inspect.CannotInspectException.Kind;
import java.util.stream.Stream;

/** The Java that this program runs on. Refers to nothing that it may lack. */
public final class ThisJava {

    private ThisJava() {}

    /**
     * Returns if this Java has what it takes to look into another process.
     *
     * @throws CannotInspectException if it has not
     */
    public static void check() throws CannotInspectException {
        var missing = Stream.of("jdk.attach", "java.management.rmi")
                .filter(module -> ModuleLayer.boot().findModule(module).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new CannotInspectException(
                    Kind.NO_ATTACH_HERE,
                    "cannot look into processes on the Java in " + System.getProperty("java.home") + ", which lacks "
                            + String.join(" and ", missing)
                            + ": run weft on a full JDK, for example by setting WEFT_JAVA_HOME");
        }
    }
}
