package dev.weft.test.internal.rewrite;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names of packages and classes, as a test of class names. */
final class Patterns {

    private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    /** Classes that cannot be loaded twice: the JVM refuses them, or the test would not meet its own framework. */
    private static final List<String> NEVER = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.junit.jupiter.",
            "org.junit.platform.",
            "org.opentest4j.");

    /** Calls of these change nothing that others see, or what is written to look into a program. */
    private static final List<String> QUIET = List.of(
            "dev.weft.",
            "org.assertj.",
            "org.hamcrest.",
            "org.mockito.",
            "com.google.common.truth.",
            "org.slf4j.",
            "org.apache.logging.",
            "org.apache.commons.logging.",
            "ch.qos.logback.",
            "kotlin.",
            "scala.");

    private Patterns() {}

    /** The package of the class and those below it; for a class without a package, that class alone. */
    static Predicate<String> around(Class<?> test) {
        return of(List.of(test.getPackageName().isEmpty() ? test.getName() : test.getPackageName()));
    }

    /** Each name is that of a package, which means those below too, or of a class, which means those within. */
    static Predicate<String> of(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no package to rewrite is given: name at least one, as \"com.acme\"");
        }
        names.forEach(Patterns::check);
        return type -> names.stream()
                .anyMatch(name -> type.equals(name) || type.startsWith(name + ".") || type.startsWith(name + "$"));
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a package or of a class: write"
                    + " \"com.acme\" for that package and all below it");
        }
        if (isNever(name + ".")) {
            throw new IllegalArgumentException(
                    "classes of " + name + " cannot be rewritten, since the JDK's and JUnit's"
                            + " are the same for all of the JVM: name a package of your own");
        }
    }

    static boolean isNever(String className) {
        return NEVER.stream().anyMatch(className::startsWith);
    }

    /** Whether calls of the class are left alone wherever they are. */
    static boolean isQuiet(String className) {
        return isNever(className) || QUIET.stream().anyMatch(className::startsWith);
    }
}
