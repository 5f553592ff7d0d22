/** Weft's test kit: a simulated runtime with virtual time and seeded schedules, and extensions for JUnit Jupiter. */
module dev.weft.test {
    requires transitive dev.weft;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;
    requires static jdk.management;
    requires static org.opentest4j;
    requires static org.junit.platform.commons;

    exports dev.weft.test;
    exports dev.weft.test.junit;
}
