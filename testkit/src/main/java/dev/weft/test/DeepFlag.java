package dev.weft.test;

import dev.weft.internal.runtime.CustomScheduling;

/** The option that a deep simulation needs of the JVM. */
final class DeepFlag {

    private DeepFlag() {}

    /** @throws IllegalStateException if it is not there: how to give it */
    static void require() {
        if (CustomScheduling.isAvailable()) {
            return;
        }
        var option = CustomScheduling.option();
        throw new IllegalStateException(
                "a deep simulation schedules the threads of the JDK, which this JVM does not allow: "
                        + CustomScheduling.whyNot() + ". Start it with " + option
                        + "\n  Maven, maven-surefire-plugin:  <argLine>" + option + "</argLine>"
                        + "\n  Gradle:                        tasks.test { jvmArgs(\"" + option + "\") }"
                        + "\n  IDE, VM options of the test:   " + option);
    }
}
