package dev.weft.cli;

/** Which version of the program this is. */
final class Version {

    private Version() {}

    /** As the jar's manifest says; classes that come from no jar do not know. */
    static String text() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    static String userAgent() {
        return "weft/" + text();
    }
}
