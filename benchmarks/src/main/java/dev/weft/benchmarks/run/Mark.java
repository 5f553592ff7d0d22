package dev.weft.benchmarks.run;

/** How a limit came out. */
public enum Mark {
    MET("met"),
    NOT_MET("**not met**"),
    NOT_MEASURED("not measured");

    private final String text;

    Mark(String text) {
        this.text = text;
    }

    /** The word for it in the report. */
    public String text() {
        return text;
    }

    /** Either of the first two. */
    public static Mark of(boolean met) {
        return met ? MET : NOT_MET;
    }
}
