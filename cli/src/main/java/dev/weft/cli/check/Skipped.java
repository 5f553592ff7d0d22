package dev.weft.cli.check;

import java.util.ArrayList;
import java.util.List;

/** How many links were not looked at, and why. Not thread-safe. */
final class Skipped {

    private int elsewhere;
    private int excluded;
    private int offline;

    /** One to a mail address or the like. */
    void addElsewhere() {
        elsewhere++;
    }

    /** One that a pattern leaves out. */
    void addExcluded() {
        excluded++;
    }

    /** One to the web, where only files are looked up. */
    void addOffline() {
        offline++;
    }

    int total() {
        return elsewhere + excluded + offline;
    }

    /** As in {@code 3 by --offline, 1 by --exclude or --include}. */
    String inWords() {
        var parts = new ArrayList<String>();
        add(parts, offline, "by --offline");
        add(parts, excluded, "by --exclude or --include");
        add(parts, elsewhere, "to mail addresses and the like");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String why) {
        if (count > 0) {
            parts.add(count + " " + why);
        }
    }
}
