/** asyncio's task toolkit for Java, on virtual threads. */
@SuppressWarnings("module") // dev.weft.test, the test kit, is built after this module
module dev.weft {
    requires static java.management;
    requires static jdk.jfr;
    requires static org.jspecify;

    uses dev.weft.DefaultsProvider;

    exports dev.weft;
    exports dev.weft.diagnostics;
    exports dev.weft.sync;
    exports dev.weft.internal.runtime to
            dev.weft.test;
}
