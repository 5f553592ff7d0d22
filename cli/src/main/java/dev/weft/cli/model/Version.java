package dev.weft.cli.model;

/** Which version of the program this is. */
public final class Version {

    private Version() {}

    /** As the jar's manifest says; classes that come from no jar do not know. */
    public static String text() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    public static String userAgent() {
        return "weft/" + text();
    }
}
