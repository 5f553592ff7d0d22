package dev.weft.cluster.internal.jgroups;

import java.util.regex.Pattern;
import org.jgroups.Version;

/**
 * The version of JGroups that this process has. A build may choose another than ours, for a library that needs it too.
 * Another minor version does not talk to members that have ours, and an older one reads serialized objects.
 */
final class JGroupsVersion {

    private static final int MAJOR = 5;
    private static final int MINOR = 5;
    private static final int LEAST_MICRO = 7;
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(\\..*)?");

    private JGroupsVersion() {}

    /** @throws IllegalStateException if it does not fit */
    static void check() {
        check(String.valueOf(Version.description));
    }

    static void check(String found) {
        var numbers = NUMBERS.matcher(found);
        if (!numbers.matches()
                || Integer.parseInt(numbers.group(1)) != MAJOR
                || Integer.parseInt(numbers.group(2)) != MINOR
                || Integer.parseInt(numbers.group(3)) < LEAST_MICRO) {
            var needed = MAJOR + "." + MINOR + "." + LEAST_MICRO;
            throw new IllegalStateException("weft-cluster needs JGroups " + needed + " or a later " + MAJOR + "."
                    + MINOR
                    + ", and this process has " + found + ", from "
                    + Version.class.getProtectionDomain().getCodeSource().getLocation()
                    + ": have the build choose org.jgroups:jgroups:" + needed + ".Final");
        }
    }
}
